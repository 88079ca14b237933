import {
  type CodeNode,
  ColumnFactory,
  contractLines,
  type JsonObject,
  jsonToValue,
  modelConstraints,
  type Rendering,
  relationFactory,
  TableValue,
  valueToJson,
} from '../../core/index.ts';
import { bindArguments, type CallSite, Dict, HostObject, str, TemplateError, type Value } from '../../jinja/index.ts';
import { dispatch } from './dispatch.ts';
import { RelationClass } from './relation-class.ts';
import { hardDeletesMode } from './snapshot-values.ts';

/** What `adapter` has that is no method, by dbt's names. */
export const adapterParts: Readonly<Record<string, (rendering: Rendering) => Value>> = {
  Relation: ({ adapter, quoting }) => new RelationClass(relationFactory(adapter.statements, quoting)),
  Column: ({ adapter }) => new ColumnFactory(adapter.statements),
  behavior: ({ environment }) => jsonToValue({ ...environment.flags.behavior }),
  config: ({ quoting }) =>
    Dict.of([['quoting', Dict.of(Object.entries(quoting ?? {}).map(([part, quote]) => [part, quote]))]]),
};

/** A method of `adapter` that needs no answer of the warehouse: it gives the same while parsing. */
export type PlainMethod = (
  rendering: Rendering,
  args: Value[],
  kwargs: Map<string, Value>,
  site: CallSite,
) => Value | Promise<Value>;

/** By dbt's names. */
export const plainMethods: Readonly<Record<string, PlainMethod>> = {
  type: ({ adapter }) => adapter.type,
  dispatch,
  quote: ({ adapter }, [identifier]) => adapter.statements.quote(str(identifier ?? null)),
  quote_seed_column: ({ adapter }, [identifier, quotes]) => {
    const plain = str(identifier ?? null);
    // A seed's columns are quoted unless it says `quote_columns: false`.
    return quotes === false ? plain : adapter.statements.quote(plain);
  },
  quote_as_configured: ({ adapter, quoting }, args, kwargs) => {
    const [identifier, key] = bindArguments('quote_as_configured', ['identifier', 'quote_key'], args, kwargs);
    const part = str(key ?? null) as 'database' | 'schema' | 'identifier';
    const plain = str(identifier ?? null);
    return quoting?.[part] === false ? plain : adapter.statements.quote(plain);
  },
  get_hard_deletes_behavior: (rendering, [config]) => hardDeletesBehaviour(rendering, config ?? null),
  get_incremental_strategy_macro: (rendering, [, strategy]) => strategyMacro(rendering, strategy ?? null),
  escape_sql_string: (_, [text]) => str(text ?? null).replaceAll("'", "''"),
  parse_index: (_, [index]) => index ?? null,
  render_raw_columns_constraints: ({ adapter }, args, kwargs) => {
    const [columns] = bindArguments('render_raw_columns_constraints', ['raw_columns'], args, kwargs);
    return contractLines({ columns: describedColumns(columns ?? null) }, adapter);
  },
  render_raw_model_constraints: ({ adapter }, args, kwargs) => {
    const [constraints] = bindArguments('render_raw_model_constraints', ['raw_constraints'], args, kwargs);
    return modelConstraints({ constraints: valueToJson(constraints ?? []) }, adapter);
  },
  standardize_grants_dict: (_, [table]) => standardGrants(table ?? null),
  warn_once: (rendering, [message], _kwargs, site) => {
    rendering.warn(str(message ?? null), site);
    return '';
  },
  get_binding_char: () => '?',
  date_function: ({ adapter }) => adapter.statements.currentTimestamp(),
  valid_incremental_strategies: () => ['append', 'delete+insert', 'merge', 'microbatch', 'insert_overwrite'],
  commit,
  commit_if_has_connection: commit,
  cache_added: nothing,
  cache_dropped: nothing,
  cache_renamed: nothing,
  clear_transaction: nothing,
};

function nothing(): Value {
  return '';
}

/** What becomes of rows that are gone, by a dict of settings or, given `config`, by those of the node. */
function hardDeletesBehaviour(rendering: Rendering, config: Value): Value {
  const setting = (name: string): Value => {
    if (config instanceof Dict) return config.get(name) ?? null;
    const value = rendering.getConfig(name);
    return value === undefined ? null : jsonToValue(value);
  };
  return hardDeletesMode(setting('hard_deletes'), setting('invalidate_hard_deletes'));
}

/** `get_incremental_<strategy>_sql`, for materializations that are macros. `context` is the first argument, as in dbt. */
function strategyMacro(rendering: Rendering, strategy: Value): Value {
  const name = `get_incremental_${str(strategy ?? 'default').replace('+', '_')}_sql`;
  const found = rendering.scope.lookup(name);
  if (found instanceof HostObject && found.callable) return found;
  throw new TemplateError(`dbt could not find an incremental strategy macro with the name '${name}' in the project`);
}

/** Columns as `model['columns']` has them. */
function describedColumns(given: Value): CodeNode['columns'] {
  const columns = Object.entries((valueToJson(given) ?? {}) as Readonly<Record<string, JsonObject>>);
  const described = columns.map(([key, column]) => [key, { constraints: [], ...column }] as const);
  return Object.fromEntries(described) as unknown as CodeNode['columns'];
}

/** What a query for the grants of a relation gave (`grantee`, `privilege_type`), as `grants:` is written. */
function standardGrants(table: Value): Value {
  const grants = new Dict();
  if (!(table instanceof TableValue)) return grants;
  const at = (wanted: string): number => table.columnNames.findIndex((name) => name.toLowerCase() === wanted);
  for (const row of table.rows) {
    const privilege = row[at('privilege_type')] ?? row[at('privilege')] ?? null;
    const before = grants.get(privilege);
    grants.set(privilege, [...(Array.isArray(before) ? before : []), row[at('grantee')] ?? null]);
  }
  return grants;
}

function commit({ execute, transaction }: Rendering): Value | Promise<Value> {
  return execute && transaction ? transaction.commit().then(() => '') : '';
}
