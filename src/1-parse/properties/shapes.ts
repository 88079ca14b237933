import { sourceFreshness } from '../config/freshness-type.ts';
import {
  anything,
  flag,
  isMapping,
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
// dbt takes an empty list of tests for none.
const tests: ValueType = optional(list);

export const columnShape: Shape = {
  name: text,
  description: text,
  meta: mapping,
  data_type: optionalText,
  constraints: mappings,
  docs,
  config: mapping,
  data_tests: tests,
  tests,
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

const testable: Shape = { ...described, columns: mappings, data_tests: tests, tests, quote_columns: optionalFlag };

const model: Shape = {
  ...testable,
  latest_version: optional(versionNumber),
  versions: mappings,
  deprecation_date: optionalText,
  time_spine: optional(mapping),
};

export const versionShape: Shape = {
  v: versionNumber,
  defined_in: optionalText,
  description: text,
  access: optionalText,
  config: mapping,
  constraints: mappings,
  docs,
  data_tests: tests,
  tests,
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
  quoting: mapping,
  freshness: sourceFreshness,
  loaded_at_field: optionalText,
  loaded_at_query: optionalText,
  tables: mappings,
  tags: textList,
  config: mapping,
  overrides: text,
};

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
  quoting: mapping,
  freshness: sourceFreshness,
  external: optional(mapping),
  tags: textList,
  columns: mappings,
  data_tests: tests,
  tests,
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

const macroArguments: ValueType = (value) =>
  Array.isArray(value) && value.every((item) => isMapping(item) && typeof item.name === 'string')
    ? undefined
    : "a list of mappings with a 'name'";

/** Known keys by section; undefined for sections that later rooms read. */
export const sectionShapes: Readonly<Record<SectionName, Shape | undefined>> = {
  models: model,
  seeds: testable,
  snapshots: { ...testable, relation: text },
  sources: sourceShape,
  macros: { ...described, arguments: macroArguments },
  data_tests: described,
  analyses: { ...described, columns: mappings },
  exposures: exposure,
  groups: group,
  metrics: undefined,
  semantic_models: undefined,
  saved_queries: undefined,
  unit_tests: undefined,
  functions: { ...described, columns: mappings, arguments: mappings, returns: mapping },
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
