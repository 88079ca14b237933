import { isMapping } from '../../core/index.ts';
import { sourceFreshness } from '../config/freshness-type.ts';
import {
  anything,
  exactly,
  flag,
  listOf,
  mapping,
  members,
  optional,
  text,
  textList,
  textOrTexts,
  type ValueType,
} from '../config/value-type.ts';
import type { Shape } from './context.ts';
import type { SectionName } from './facts.ts';

const list: ValueType = (value) => (Array.isArray(value) ? undefined : 'a list');
const mappings: ValueType = listOf(isMapping, 'a list of mappings');
const versionNumber: ValueType = (value) =>
  typeof value === 'string' || typeof value === 'number' ? undefined : 'text or a number';
const docs = members({ show: flag, node_color: optional(text) });
const optionalText = optional(text);
const optionalFlag = optional(flag);
const quoting = exactly({
  database: optionalFlag,
  schema: optionalFlag,
  identifier: optionalFlag,
  column: optionalFlag,
});

export const columnShape: Shape = {
  name: text,
  description: text,
  meta: mapping,
  data_type: optionalText,
  constraints: mappings,
  docs,
  config: mapping,
  data_tests: list,
  tests: list,
  quote: optionalFlag,
  tags: textList,
  granularity: optionalText,
};

const described: Shape = {
  name: text,
  description: text,
  meta: mapping,
  data_type: optionalText,
  constraints: mappings,
  docs,
  config: mapping,
  group: optionalText,
  contract: mapping,
  access: optionalText,
};

const testable: Shape = { ...described, columns: mappings, data_tests: list, tests: list, quote_columns: optionalFlag };

const timeSpine = exactly({ standard_granularity_column: anything, custom_granularities: mappings });

const model: Shape = {
  ...testable,
  latest_version: optional(versionNumber),
  versions: mappings,
  deprecation_date: optionalText,
  time_spine: optional(timeSpine),
};

export const versionShape: Shape = {
  v: versionNumber,
  defined_in: optionalText,
  description: text,
  access: optionalText,
  config: mapping,
  constraints: mappings,
  docs,
  data_tests: optional(list),
  tests: optional(list),
  columns: mappings,
  deprecation_date: optionalText,
};

export const sourceShape: Shape = {
  name: text,
  description: text,
  meta: mapping,
  database: optionalText,
  schema: optionalText,
  loader: text,
  quoting,
  freshness: sourceFreshness,
  loaded_at_field: optionalText,
  loaded_at_query: optionalText,
  tables: mappings,
  tags: textList,
  config: mapping,
  overrides: text,
};

/** How old the data of a source may be, where it stands below `config:`. */
export const freshnessInConfig: Shape = { freshness: optional(mapping) };
export const thresholds: Shape = { warn_after: optional(mapping), error_after: optional(mapping), filter: anything };
export const thresholdTime: Shape = { count: anything, period: anything };

export const tableShape: Shape = {
  name: text,
  description: text,
  meta: mapping,
  data_type: optionalText,
  constraints: mappings,
  docs,
  config: mapping,
  loaded_at_field: optionalText,
  loaded_at_query: optionalText,
  identifier: optionalText,
  quoting,
  freshness: sourceFreshness,
  external: optional(mapping),
  tags: textList,
  columns: mappings,
  data_tests: list,
  tests: list,
  quote_columns: optionalFlag,
};

const exposure: Shape = {
  name: text,
  type: text,
  owner: members({ name: optionalText, email: optional(textOrTexts) }),
  description: text,
  label: optionalText,
  maturity: optionalText,
  meta: mapping,
  tags: textList,
  url: optionalText,
  depends_on: textList,
  config: mapping,
};

const group: Shape = {
  name: text,
  owner: members({ name: optionalText, email: optional(textOrTexts) }),
  description: optionalText,
  config: mapping,
};

/** Of macros and functions: what each entry of `arguments:` can have. */
export const argumentShapes: { readonly [section in SectionName]?: Shape } = {
  macros: { name: text, type: optionalText, description: text },
  functions: { name: anything, data_type: anything, description: optionalText, default_value: anything },
};

/** A rule that stands among the columns of a version: which it has of the model's. */
export const columnRuleShape: Shape = {
  include: (value) => (value === 'all' || value === '*' ? undefined : textList(value) && "'all' or a list of texts"),
  exclude: textList,
};

/** Known keys by section; undefined for sections that later rooms read. */
export const sectionShapes: Readonly<Record<SectionName, Shape | undefined>> = {
  models: model,
  seeds: testable,
  snapshots: { ...testable, relation: text },
  sources: sourceShape,
  macros: { ...described, arguments: mappings },
  data_tests: described,
  analyses: { ...described, columns: mappings },
  exposures: exposure,
  groups: group,
  metrics: undefined,
  semantic_models: undefined,
  saved_queries: undefined,
  unit_tests: undefined,
  functions: {
    ...described,
    columns: mappings,
    arguments: mappings,
    returns: exactly({ data_type: anything, description: optionalText }),
  },
};

export const constraintShape: Shape = {
  type: text,
  name: optionalText,
  expression: optionalText,
  warn_unenforced: flag,
  warn_unsupported: flag,
  to: optionalText,
  to_columns: textList,
  columns: textList,
  unknown: anything,
};
