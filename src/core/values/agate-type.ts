import { Float, HostObject, hostFunction, str, type Value } from '../../jinja/index.ts';
import { isNumberWithFraction } from './cell-value.ts';
import { DateValue } from './date-value.ts';
import { DatetimeValue } from './datetime-value.ts';

export type AgateTypeName = 'Integer' | 'Number' | 'Date' | 'DateTime' | 'Boolean' | 'Text';

/** What agate takes a column for: `table.column_types[0]`, `table.columns[0].data_type`. */
export class AgateType extends HostObject {
  readonly name: AgateTypeName;

  constructor(name: AgateTypeName) {
    super();
    this.name = name;
  }

  /** @param type in the warehouse's words; empty where it is not known. */
  static of(values: readonly Value[], type: string): AgateType {
    return new AgateType(typeNameOf(values, type));
  }

  override get typeName(): string {
    return this.name;
  }

  override repr(): string {
    return `<agate.${this.name}>`;
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case 'jsonify':
        return hostFunction(name, ([value = null]) => this.#forJson(value));
      case 'csvify':
        return hostFunction(name, ([value = null]) => asText(value));
      default:
        return undefined;
    }
  }

  #forJson(value: Value): Value {
    if (this.name === 'Number' && value !== null) return new Float(Number(str(value)));
    return this.name === 'Integer' || this.name === 'Boolean' ? value : asText(value);
  }
}

function asText(value: Value): Value {
  if (value === null) return null;
  return value instanceof DatetimeValue ? value.iso('T') : str(value);
}

/** As agate: the first type that all values have. Columns of nothing but null are whole numbers to dbt. */
function typeNameOf(values: readonly Value[], type: string): AgateTypeName {
  const known = values.filter((value) => value !== null);
  const all = (has: (value: Value) => boolean): boolean => known.every(has);
  const isWhole = (value: Value): boolean => typeof value === 'number' || typeof value === 'bigint';
  if (all(isWhole)) return known.length > 0 && isNumberWithFraction(type) ? 'Number' : 'Integer';
  if (all((value) => isWhole(value) || value instanceof Float)) return 'Number';
  if (all((value) => value instanceof DateValue)) return 'Date';
  if (all((value) => value instanceof DateValue || value instanceof DatetimeValue)) return 'DateTime';
  return all((value) => typeof value === 'boolean') ? 'Boolean' : 'Text';
}
