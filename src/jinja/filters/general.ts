import { truthy } from '../compare.ts';
import { str } from '../display.ts';
import type { Value } from '../values.ts';
import { Undefined } from '../values.ts';
import { attributeOnly } from './access.ts';
import { filterTable } from './filter.ts';

function orDefault(value: Value, fallback: Value, boolean: Value): Value {
  return value instanceof Undefined || (truthy(boolean) && !truthy(value)) ? fallback : value;
}

const asIs = (value: Value): Value => value;

/** The filters for values of any type, dbt's markers among them: these mean something only in a native render. */
export const GENERAL_FILTERS = filterTable({
  'default default_value= boolean=': (value, [fallback = '', boolean = false]) => orDefault(value, fallback, boolean),
  'd default_value= boolean=': (value, [fallback = '', boolean = false]) => orDefault(value, fallback, boolean),
  'attr name': (value, [name]) => attributeOnly(value, str(name!)),
  as_text: asIs,
  as_bool: asIs,
  as_native: asIs,
  as_number: asIs,
  is_list: (value) => Array.isArray(value),
});
