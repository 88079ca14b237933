import { bindArguments, Dict, HostObject, hostFunction, TemplateError, truthy, type Value } from '../../jinja/index.ts';
import type { QuotePolicy, Relation, RelationType } from '../relation.ts';
import type { Statements } from '../statements.ts';

type Part = keyof QuotePolicy;
const parts: readonly Part[] = ['database', 'schema', 'identifier'];
const everything: QuotePolicy = { database: true, schema: true, identifier: true };

/** What a relation needs of an adapter to be written. */
export type RelationWriter = Pick<Statements, 'quote' | 'renderRelation'>;

/**
 * A relation as templates see it: dbt's `Relation`. Prints as SQL; `include()`, `quote()` and their like give changed
 * copies.
 */
export class RelationValue extends HostObject {
  readonly relation: Relation;
  readonly #writer: RelationWriter;
  /** Parts that are left out when written. */
  readonly #included: QuotePolicy;

  constructor(relation: Relation, writer: RelationWriter, included: QuotePolicy = everything) {
    super();
    this.relation = relation;
    this.#writer = writer;
    this.#included = included;
  }

  override get typeName(): string {
    return 'Relation';
  }

  /** What `{{ relation }}` prints: the expression where there is one (a subquery, a file), else the name. */
  override str(): string {
    return this.relation.expression ?? this.render();
  }

  /** The name without what stands in for it, as dbt's `render()`; a file scan stays, since it is the name. */
  render(): string {
    const { relation } = this;
    const keep = (part: Part): string | null => (this.#included[part] ? relation[part] : null);
    const expression = relation.type === 'external' ? relation.expression : undefined;
    const quote = relation.type === 'cte' ? { ...relation.quote, identifier: false } : relation.quote;
    const { type, format } = relation;
    const [database, schema, identifier] = [keep('database'), keep('schema'), keep('identifier')];
    return this.#writer.renderRelation({ database, schema, identifier, type, format, quote, expression });
  }

  /** What is quoted where nobody says: all parts, or none where unquoted names are folded. */
  #usualQuotes(): QuotePolicy {
    const plain = { database: null, schema: null, identifier: 'a' };
    const quotes = this.#writer.renderRelation(plain) === this.#writer.quote('a');
    return quotes ? everything : { database: false, schema: false, identifier: false };
  }

  override repr(): string {
    return `<Relation ${this.render()}>`;
  }

  override truthy(): boolean {
    return true;
  }

  /** As dbt's, which has `get` and `[…]`; `relation is mapping` is how packages tell relations from texts. */
  override get isMapping(): boolean {
    return true;
  }

  override equals(other: Value): boolean {
    return other instanceof RelationValue && other.hashKey() === this.hashKey();
  }

  override hashKey(): string {
    return `relation:${this.relation.type ?? ''}:${this.str()}`;
  }

  override toJs(): unknown {
    const { database, schema, identifier, type } = this.relation;
    return { database, schema, identifier, type: type ?? null };
  }

  override getItem(key: Value): Value | undefined {
    return typeof key === 'string' ? this.getAttribute(key) : undefined;
  }

  override getAttribute(name: string): Value | undefined {
    const field = this.#field(name);
    return field === undefined ? this.#method(name) : field;
  }

  #field(name: string): Value | undefined {
    const { relation } = this;
    switch (name) {
      case 'database':
      case 'schema':
      case 'identifier':
        return relation[name];
      case 'name':
      case 'table':
        return relation.identifier;
      case 'type':
        return relation.type ?? null;
      case 'is_table':
      case 'is_view':
      case 'is_cte':
      case 'is_materialized_view':
      case 'is_dynamic_table':
        return relation.type === name.slice('is_'.length);
      case 'is_pointer':
      case 'is_function':
        return false;
      case 'can_be_renamed':
      case 'can_be_replaced':
        return relation.type === 'table' || relation.type === 'view';
      case 'path':
        return policy(relation);
      case 'quote_policy':
        return policy({ ...this.#usualQuotes(), ...relation.quote });
      case 'include_policy':
        return policy(this.#included);
      case 'Table':
      case 'View':
      case 'CTE':
      case 'MaterializedView':
      case 'External':
        return relationTypes[name];
      default:
        return undefined;
    }
  }

  #method(name: string): Value | undefined {
    switch (name) {
      case 'render':
      case 'render_limited':
        return hostFunction(name, () => (name === 'render' ? this.render() : this.str()));
      case 'include':
        return this.#policyMethod(name, (chosen) => this.#with({}, { ...this.#included, ...chosen }));
      case 'quote':
        return this.#policyMethod(name, (chosen) => this.#with({ quote: { ...this.relation.quote, ...chosen } }));
      case 'quoted':
        return hostFunction(name, (args, kwargs) => {
          const [identifier] = bindArguments(name, ['identifier'], args, kwargs);
          return this.#writer.quote(String(identifier));
        });
      case 'without_identifier':
        return hostFunction(name, () => this.#with({ identifier: null }, { ...this.#included, identifier: false }));
      case 'replace_path':
        return hostFunction(name, (_, kwargs) => this.#with(pathOf(kwargs)));
      case 'incorporate':
      case 'replace':
        return hostFunction(name, (_, kwargs) => this.#incorporate(kwargs));
      case 'matches':
        return hostFunction(name, (args, kwargs) => this.#matches(bindArguments(name, searchParameters, args, kwargs)));
      case 'information_schema':
        return hostFunction(name, (args) => this.#informationSchema(args[0]));
      case 'information_schema_only':
        return hostFunction(name, () => this.#informationSchema(undefined));
      case 'get':
        return hostFunction(name, (args) => {
          if (args[0] === 'metadata') return Dict.of([['type', 'Relation']]);
          return (typeof args[0] === 'string' ? this.getAttribute(args[0]) : undefined) ?? args[1] ?? null;
        });
      case 'create':
        return relationFactory(this.#writer, undefined);
      default:
        return undefined;
    }
  }

  #with(change: Partial<Relation>, included: QuotePolicy = this.#included): RelationValue {
    return new RelationValue({ ...this.relation, ...change }, this.#writer, included);
  }

  #policyMethod(name: string, apply: (chosen: Partial<QuotePolicy>) => Value): Value {
    return hostFunction(name, (args, kwargs) => {
      const bound = bindArguments(name, searchParameters, args, kwargs);
      const chosen: Partial<Record<Part, boolean>> = {};
      parts.forEach((part, index) => {
        const value = bound[index];
        if (value !== undefined && value !== null) chosen[part] = truthy(value);
      });
      return apply(chosen);
    });
  }

  #incorporate(kwargs: ReadonlyMap<string, Value>): RelationValue {
    const path = kwargs.get('path');
    const type = kwargs.get('type');
    const quote = kwargs.get('quote_policy');
    const include = kwargs.get('include_policy');
    const change = {
      ...(path instanceof Dict ? pathOf(path) : {}),
      ...(type === undefined ? {} : { type: toType(type) }),
      ...(quote instanceof Dict ? { quote: { ...this.relation.quote, ...flagsOf(quote) } } : {}),
    };
    return this.#with(change, include instanceof Dict ? { ...this.#included, ...flagsOf(include) } : this.#included);
  }

  #matches(search: readonly (Value | undefined)[]): boolean {
    const wanted = parts.map((part, index) => [part, search[index]] as const).filter(([, value]) => value != null);
    if (wanted.length === 0) throw new TemplateError('matches() was called without a name to compare with');
    return wanted.every(([part, value]) => this.relation[part] === value);
  }

  #informationSchema(view: Value | undefined): RelationValue {
    const identifier = typeof view === 'string' ? view : null;
    const quote = { ...this.relation.quote, schema: false, identifier: false };
    return new RelationValue(
      { database: this.relation.database, schema: 'INFORMATION_SCHEMA', identifier, type: 'view', quote },
      this.#writer,
    );
  }
}

const searchParameters = ['database=', 'schema=', 'identifier='];

const relationTypes: Readonly<Record<string, RelationType>> = {
  Table: 'table',
  View: 'view',
  CTE: 'cte',
  MaterializedView: 'materialized_view',
  External: 'external',
};

function toType(value: Value): RelationType | undefined {
  const known: readonly string[] = ['table', 'view', 'materialized_view', 'dynamic_table', 'cte', 'external'];
  return typeof value === 'string' && known.includes(value) ? (value as RelationType) : undefined;
}

function policy(source: { readonly [part in Part]?: string | boolean | null }): Dict {
  return Dict.of(parts.map((part) => [part, source[part] ?? null]));
}

interface Entries {
  get(key: string): Value | undefined;
}

function pathOf(source: Entries): Partial<Relation> {
  const path: Partial<Record<Part, string | null>> = {};
  for (const part of parts) {
    const value = source.get(part);
    if (value === null || typeof value === 'string') path[part] = value;
  }
  return path;
}

function flagsOf(source: Entries): Partial<QuotePolicy> {
  const flags: Partial<Record<Part, boolean>> = {};
  for (const part of parts) {
    const value = source.get(part);
    if (value !== undefined && value !== null) flags[part] = truthy(value);
  }
  return flags;
}

/** `api.Relation.create(...)`: a relation by its parts, quoted as the project says. */
export function relationFactory(writer: RelationWriter, quoting: Partial<QuotePolicy> | undefined): Value {
  return hostFunction('create', (args, kwargs) => {
    const bound = bindArguments('create', [...searchParameters, 'type=', '**others'], args, kwargs);
    const [database, schema, identifier, type, others] = bound;
    const given = others instanceof Dict ? others.get('quote_policy') : undefined;
    const quote = { ...quoting, ...(given instanceof Dict ? flagsOf(given) : {}) };
    const text = (value: Value | undefined): string | null => (typeof value === 'string' ? value : null);
    return new RelationValue(
      {
        database: text(database),
        schema: text(schema),
        identifier: text(identifier),
        type: toType(type ?? null),
        quote,
      },
      writer,
    );
  });
}
