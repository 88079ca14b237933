import { bindArguments, HostObject, hostFunction, type Result, str, type Value } from '../../jinja/index.ts';

const types: Readonly<Record<string, string>> = {
  Table: 'table',
  View: 'view',
  CTE: 'cte',
  MaterializedView: 'materialized_view',
  External: 'external',
};

/** `api.Relation`: makes relations with `create`, and knows the words for their types. */
export class RelationClass extends HostObject {
  readonly #create: Value;

  constructor(create: Value) {
    super();
    this.#create = create;
  }

  override get typeName(): string {
    return 'type';
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case 'create':
        return this.#create;
      case 'add_ephemeral_prefix':
        return hostFunction(name, (args): Result => `__dbt__cte__${str(args[0] ?? null)}`);
      case 'scd_args':
        return hostFunction(name, (args, kwargs): Result => {
          const [key, updatedAt] = bindArguments(name, ['primary_key', 'updated_at'], args, kwargs);
          return [...(Array.isArray(key) ? key : [key ?? null]), updatedAt ?? null];
        });
      default:
        return Object.hasOwn(types, name) ? types[name] : undefined;
    }
  }
}
