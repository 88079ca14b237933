import { type Json, type JsonObject, jsonToValue, type MetricNode } from '../../core/index.ts';
import { HostObject, repr, type Value } from '../../jinja/index.ts';

/**
 * A metric as templates see it. While parsing nothing is known but its name; later its fields are those of the manifest,
 * printed as Python prints dbt's.
 */
export class MetricValue extends HostObject {
  readonly #name: string;
  readonly #packageName: string | null;
  readonly #node: MetricNode | undefined;

  constructor(name: string, packageName: string | null, node: MetricNode | undefined) {
    super();
    this.#name = name;
    this.#packageName = node?.package_name ?? packageName;
    this.#node = node;
  }
  override get typeName(): string {
    return this.#node ? 'ResolvedMetricReference' : 'MetricReference';
  }
  override str(): string {
    return this.#name;
  }
  override truthy(): boolean {
    return true;
  }
  override getAttribute(name: string): Value | undefined {
    if (name === 'metric_name') return this.#name;
    if (name === 'package_name') return this.#packageName;
    if (this.#node === undefined || name === 'origin' || !Object.hasOwn(this.#node, name)) return undefined;
    const value = (this.#node as unknown as Readonly<Record<string, Json>>)[name] ?? null;
    return partOf(value, metricParts[name]);
  }
}

/** How a part prints: an object of dbt's class of that name, one of the words of an enumeration, or a list of them. */
type Part = { readonly class: string } | { readonly words: string };

const measure: Part = { class: 'MetricInputMeasure' };
const metric: Part = { class: 'MetricInput' };
const filter: Part = { class: 'WhereFilterIntersection' };
const window: Part = { class: 'MetricTimeWindow' };

const metricParts: Readonly<Record<string, Part>> = {
  type: { words: 'MetricType' },
  type_params: { class: 'MetricTypeParams' },
  filter,
};

const classes: Readonly<Record<string, Readonly<Record<string, Part>>>> = {
  MetricTypeParams: {
    measure,
    input_measures: measure,
    numerator: metric,
    denominator: metric,
    window,
    grain_to_date: { words: 'TimeGranularity' },
    metrics: metric,
    conversion_type_params: { class: 'ConversionTypeParams' },
    cumulative_type_params: { class: 'CumulativeTypeParams' },
  },
  MetricInputMeasure: { filter },
  MetricInput: { filter, offset_window: window },
  WhereFilterIntersection: { where_filters: { class: 'WhereFilter' } },
  ConversionTypeParams: {
    base_measure: measure,
    conversion_measure: measure,
    calculation: { words: 'ConversionCalculationType' },
    window,
    constant_properties: { class: 'ConstantPropertyInput' },
  },
  CumulativeTypeParams: { window, period_agg: { words: 'PeriodAggregation' }, metric },
};

function partOf(value: Json, part: Part | undefined): Value {
  if (value === null || part === undefined) return jsonToValue(value);
  if (Array.isArray(value)) return value.map((item: Json) => partOf(item, part));
  if ('words' in part) return new WordValue(part.words, String(value));
  return new PartValue(part.class, value as JsonObject);
}

/** A Python dataclass. */
class PartValue extends HostObject {
  readonly #class: string;
  readonly #fields: JsonObject;

  constructor(className: string, fields: JsonObject) {
    super();
    this.#class = className;
    this.#fields = fields;
  }
  override get typeName(): string {
    return this.#class;
  }
  override truthy(): boolean {
    return true;
  }
  override getAttribute(name: string): Value | undefined {
    if (!Object.hasOwn(this.#fields, name)) return undefined;
    return partOf(this.#fields[name] ?? null, classes[this.#class]?.[name]);
  }
  override repr(): string {
    const fields = Object.keys(this.#fields).map((name) => `${name}=${repr(this.getAttribute(name) ?? null)}`);
    return `${this.#class}(${fields.join(', ')})`;
  }
  override str(): string {
    return this.repr();
  }
}

/** One of the words of a Python enumeration. */
class WordValue extends HostObject {
  readonly #words: string;
  readonly #word: string;

  constructor(words: string, word: string) {
    super();
    this.#words = words;
    this.#word = word;
  }
  override get typeName(): string {
    return this.#words;
  }
  override truthy(): boolean {
    return true;
  }
  override getAttribute(name: string): Value | undefined {
    if (name === 'value') return this.#word;
    return name === 'name' ? this.#word.toUpperCase() : undefined;
  }
  override str(): string {
    return `${this.#words}.${this.#word.toUpperCase()}`;
  }
  override repr(): string {
    return `<${this.str()}: '${this.#word}'>`;
  }
}
