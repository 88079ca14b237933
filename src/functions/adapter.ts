import { ColumnFactory, type Rendering, relationFactory, type TemplateFunction } from '../core/index.ts';
import { bindArguments, Dict, HostObject, hostFunction, str, type Value } from '../jinja/index.ts';
import { type AdapterMethod, adapterMethods } from './warehouse/adapter-methods.ts';
import { dispatch } from './warehouse/dispatch.ts';
import { RelationClass } from './warehouse/relation-class.ts';

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
    return hostFunction(name, (args, kwargs): Value | Promise<Value> => {
      const bound = bindArguments(name, method.parameters, args, kwargs);
      return this.#rendering.execute ? method.run(this.#rendering, bound) : method.whileParsing();
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
      case 'date_function':
        return hostFunction(name, () => statements.currentTimestamp());
      case 'valid_incremental_strategies':
        return hostFunction(name, () => ['append', 'delete+insert', 'merge', 'microbatch', 'insert_overwrite']);
      case 'commit':
      case 'commit_if_has_connection':
      case 'cache_added':
      case 'cache_dropped':
      case 'cache_renamed':
      case 'clear_transaction':
        return hostFunction(name, () => '');
      case 'config':
        return Dict.of([['quoting', Dict.of(Object.entries(quoting ?? {}).map(([part, quote]) => [part, quote]))]]);
      default:
        return undefined;
    }
  }

  #quoteColumn(name: string, args: readonly Value[]): Value {
    const [identifier, quotes] = args;
    const plain = str(identifier ?? null);
    // A seed's columns are quoted unless it says `quote_columns: false`.
    return name === 'quote_seed_column' && quotes === false ? plain : this.#rendering.adapter.statements.quote(plain);
  }
}

/** `adapter.get_relation(…)`, `adapter.dispatch(…)`, `adapter.quote(…)`…: the warehouse. */
const adapter: TemplateFunction = { name: 'adapter', create: (rendering) => new AdapterValue(rendering) };
export default adapter;
