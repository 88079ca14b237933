import type { Rendering, TemplateFunction } from '../core/index.ts';
import { type CallSite, Dict, type ErrorClass, hostFunction, str, TemplateError, type Value } from '../jinja/index.ts';

type Raise = (args: readonly Value[], rendering: Rendering) => string;

const first: Raise = ([message]) => str(message ?? null);

/** What each of dbt's exceptions says; the arguments are dbt's. */
const messages: Readonly<Record<string, Raise>> = {
  raise_compiler_error: first,
  raise_database_error: first,
  raise_dependency_error: first,
  raise_not_implemented: first,
  raise_fail_fast_error: first,
  raise_cache_inconsistent: first,
  missing_config: ([, name], { node }) => `The setting '${str(name ?? null)}' is missing in ${idOf(node)}`,
  missing_materialization: ([, adapter], { node }) =>
    `There is no materialization '${node?.config.materialized ?? ''}' for ${str(adapter ?? null)}`,
  missing_relation: ([relation]) => `The relation ${str(relation ?? null)} does not exist`,
  relation_wrong_type: ([relation, expected]) =>
    `${str(relation ?? null)} is not a ${str(expected ?? null)}; it cannot be replaced by one`,
  raise_ambiguous_alias: ([one, other, name]) =>
    `Two nodes have the same place '${str(name ?? null)}' in the warehouse: ${labelOf(one)} and ${labelOf(other)}`,
  raise_ambiguous_catalog_match: ([id]) => `Two relations in the warehouse match ${str(id ?? null)}`,
  raise_dataclass_not_dict: () => 'This object is not a dict',
  raise_dep_not_found: ([, description, wanted]) =>
    `${str(description ?? null)} needs the package ${str(wanted ?? null)}, which is not installed`,
  raise_duplicate_patch_name: ([one, other]) => `Two properties for the same thing: ${labelOf(one)}, ${labelOf(other)}`,
  raise_duplicate_resource_name: ([one, other]) => `Two nodes have the same name: ${labelOf(one)}, ${labelOf(other)}`,
  raise_invalid_property_yml_version: ([path, issue]) => `${str(path ?? null)}: ${str(issue ?? null)}`,
  raise_contract_error: ([wanted, found]) =>
    `This model does not keep its contract. The properties say: ${str(wanted ?? null)}; the query gives: ${str(found ?? null)}`,
  column_type_missing: ([names]) => `A contract needs a data_type for every column; missing for: ${str(names ?? null)}`,
};

/** Python's classes where a template could tell them apart. */
const classes: Readonly<Record<string, ErrorClass>> = { raise_not_implemented: 'RuntimeError' };

function exceptionsFor(rendering: Rendering): Value {
  const functions: [string, Value][] = Object.entries(messages).map(([name, message]) => [
    name,
    hostFunction(name, (args, kwargs) => {
      const given = args.length > 0 ? args : [...kwargs.values()];
      throw new TemplateError(message(given, rendering), classes[name] ?? 'CompilationError');
    }),
  ]);
  return Dict.of([
    ...functions,
    ['warn', warner(rendering)],
    ['warn_snapshot_timestamp_data_types', typeWarner(rendering)],
  ]);
}

function warner(rendering: Rendering): Value {
  return hostFunction('warn', (args, kwargs, site: CallSite) => {
    rendering.warn(str(args[0] ?? kwargs.get('msg') ?? null), site);
    return '';
  });
}

function typeWarner(rendering: Rendering): Value {
  return hostFunction('warn_snapshot_timestamp_data_types', ([snapshot, updated], _, site) => {
    const types = `${str(snapshot ?? null)} and ${str(updated ?? null)}`;
    rendering.warn(`The snapshot's times and its updated_at have different types: ${types}`, site);
    return '';
  });
}

function idOf(node: Rendering['node']): string {
  return node?.unique_id ?? 'this node';
}

function labelOf(value: Value | undefined): string {
  return value instanceof Dict ? str(value.get('unique_id') ?? value) : str(value ?? null);
}

/** `exceptions.raise_compiler_error(message)`, `exceptions.warn(message)` and dbt's other ones. */
const exceptions: TemplateFunction = { name: 'exceptions', create: exceptionsFor };
export default exceptions;
