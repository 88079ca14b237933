import {
  type CodeNode,
  ColumnFactory,
  contractLines,
  type JsonObject,
  jsonToValue,
  modelConstraints,
  RelationValue,
  type Rendering,
  relationFactory,
  TableValue,
  type TemplateFunction,
  valueToJson,
} from '../core/index.ts';
import {
  bindArguments,
  type CallSite,
  Dict,
  HostObject,
  hostFunction,
  str,
  TemplateError,
  type Value,
} from '../jinja/index.ts';
import { type AdapterMethod, adapterMethods } from './warehouse/adapter-methods.ts';
import { dispatch, findImplementation } from './warehouse/dispatch.ts';
import { profileMethods } from './warehouse/profile-methods.ts';
import { RelationClass } from './warehouse/relation-class.ts';
import { hardDeletesMode } from './warehouse/snapshot-values.ts';

/** dbt's `adapter`. Nothing is asked while parsing: methods then give what dbt gives, none or an empty list. */
class AdapterValue extends HostObject {
  readonly #rendering: Rendering;

  constructor(rendering: Rendering) {
    super();
    this.#rendering = rendering;
  }

  override get typeName(): string {
    return 'Adapter';
  }

  override getAttribute(name: string): Value | undefined {
    const method = Object.hasOwn(adapterMethods, name) ? adapterMethods[name] : undefined;
    return method ? this.#warehouseMethod(name, method) : this.#method(name);
  }

  #warehouseMethod(name: string, method: AdapterMethod): Value {
    return hostFunction(name, (args, kwargs, site): Value | Promise<Value> => {
      const rendering = this.#rendering;
      const bound = bindArguments(name, method.parameters, args, kwargs);
      if (!rendering.execute) return method.whileParsing();
      const macro = isMacroOfDbt.has(name) ? overridingMacro(rendering, name) : undefined;
      return macro ? callInstead(macro, rendering, args, kwargs, site) : method.run(rendering, bound);
    });
  }

  #method(name: string): Value | undefined {
    const { adapter, quoting } = this.#rendering;
    const { statements } = adapter;
    switch (name) {
      case 'type':
        return hostFunction(name, () => adapter.type);
      case 'dispatch':
        return hostFunction(name, (args, kwargs) => dispatch(this.#rendering, args, kwargs));
      case 'quote':
      case 'quote_seed_column':
        return hostFunction(name, (args) => this.#quoteColumn(name, args));
      case 'quote_as_configured':
        return hostFunction(name, (args, kwargs) => {
          const [identifier, key] = bindArguments(name, ['identifier', 'quote_key'], args, kwargs);
          const part = str(key ?? null) as 'database' | 'schema' | 'identifier';
          return quoting?.[part] === false ? str(identifier ?? null) : statements.quote(str(identifier ?? null));
        });
      case 'Relation':
        return new RelationClass(relationFactory(statements, quoting));
      case 'Column':
        return new ColumnFactory(statements);
      case 'get_hard_deletes_behavior':
        return hostFunction(name, (args) => hardDeletesBehaviour(this.#rendering, args[0] ?? null));
      case 'get_incremental_strategy_macro':
        return hostFunction(name, (args) => strategyMacro(this.#rendering, args[1] ?? null));
      case 'escape_sql_string':
        return hostFunction(name, (args) => str(args[0] ?? null).replaceAll("'", "''"));
      case 'parse_index':
        return hostFunction(name, (args) => args[0] ?? null);
      case 'render_raw_columns_constraints':
        return hostFunction(name, (args, kwargs) => {
          const [columns] = bindArguments(name, ['raw_columns'], args, kwargs);
          return contractLines({ columns: describedColumns(columns ?? null) }, adapter);
        });
      case 'render_raw_model_constraints':
        return hostFunction(name, (args, kwargs) => {
          const [constraints] = bindArguments(name, ['raw_constraints'], args, kwargs);
          return modelConstraints({ constraints: valueToJson(constraints ?? []) }, adapter);
        });
      case 'standardize_grants_dict':
        return hostFunction(name, (args) => standardGrants(args[0] ?? null));
      case 'warn_once':
        return hostFunction(name, (args, _kwargs, site) => {
          this.#rendering.warn(str(args[0] ?? null), site);
          return '';
        });
      case 'get_binding_char':
        return hostFunction(name, () => '?');
      case 'behavior':
        return jsonToValue({ ...this.#rendering.environment.flags.behavior });
      case 'date_function':
        return hostFunction(name, () => statements.currentTimestamp());
      case 'valid_incremental_strategies':
        return hostFunction(name, () => ['append', 'delete+insert', 'merge', 'microbatch', 'insert_overwrite']);
      case 'commit':
      case 'commit_if_has_connection':
        return hostFunction(name, () => commit(this.#rendering));
      case 'cache_added':
      case 'cache_dropped':
      case 'cache_renamed':
      case 'clear_transaction':
        return hostFunction(name, () => '');
      case 'config':
        return Dict.of([['quoting', Dict.of(Object.entries(quoting ?? {}).map(([part, quote]) => [part, quote]))]]);
      default: {
        const method = Object.hasOwn(profileMethods, name) ? profileMethods[name] : undefined;
        return method && hostFunction(name, (args) => method(this.#rendering, args));
      }
    }
  }

  #quoteColumn(name: string, args: readonly Value[]): Value {
    const [identifier, quotes] = args;
    const plain = str(identifier ?? null);
    // A seed's columns are quoted unless it says `quote_columns: false`.
    return name === 'quote_seed_column' && quotes === false ? plain : this.#rendering.adapter.statements.quote(plain);
  }
}

/** Methods that run a macro in dbt, so that a project's macro of the name takes their place. */
const isMacroOfDbt: ReadonlySet<string> = new Set([
  'get_columns_in_relation',
  'list_relations_without_caching',
  'create_schema',
  'drop_schema',
  'drop_relation',
  'truncate_relation',
  'rename_relation',
]);

function overridingMacro(rendering: Rendering, name: string): HostObject | undefined {
  const macro = rendering.findMacro?.(null, name);
  return macro instanceof HostObject && macro.callable ? macro : findImplementation(rendering, name, 'dbt');
}

/** What such a macro does to the warehouse cannot be followed: the schemas of its relations are looked at anew. */
async function callInstead(
  macro: HostObject,
  rendering: Rendering,
  args: Value[],
  kwargs: Map<string, Value>,
  site: CallSite,
): Promise<Value> {
  const result = await macro.call(args, kwargs, site);
  for (const value of [...args, ...kwargs.values()]) {
    if (value instanceof RelationValue) {
      rendering.relations?.forget(value.relation.database, value.relation.schema ?? '');
    }
  }
  return result;
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

/** `adapter.get_relation(…)`, `adapter.dispatch(…)`, `adapter.quote(…)`…: the warehouse. */
const adapter: TemplateFunction = { name: 'adapter', create: (rendering) => new AdapterValue(rendering) };
export default adapter;
