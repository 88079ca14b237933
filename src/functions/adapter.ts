import { RelationValue, type Rendering, type TemplateFunction } from '../core/index.ts';
import { bindArguments, type CallSite, HostObject, hostFunction, type Value } from '../jinja/index.ts';
import { type AdapterMethod, adapterMethods } from './warehouse/adapter-methods.ts';
import { findImplementation } from './warehouse/dispatch.ts';
import { adapterParts, plainMethods } from './warehouse/plain-methods.ts';
import { profileMethods } from './warehouse/profile-methods.ts';

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
    const rendering = this.#rendering;
    const asking = entryOf(adapterMethods, name);
    if (asking) return this.#warehouseMethod(name, asking);
    const plain = entryOf(plainMethods, name) ?? entryOf(profileMethods, name);
    if (plain) return hostFunction(name, (args, kwargs, site) => plain(rendering, args, kwargs, site));
    return entryOf(adapterParts, name)?.(rendering);
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
}

function entryOf<Entry>(entries: Readonly<Record<string, Entry>>, name: string): Entry | undefined {
  return Object.hasOwn(entries, name) ? entries[name] : undefined;
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

/** `adapter.get_relation(…)`, `adapter.dispatch(…)`, `adapter.quote(…)`…: the warehouse. */
const adapter: TemplateFunction = { name: 'adapter', create: (rendering) => new AdapterValue(rendering) };
export default adapter;
