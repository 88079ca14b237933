import type { CodeNode, Json, JsonObject, QuotePolicy, Relation, SourceNode } from '../../core/index.ts';
import type { World } from '../rendering/world.ts';

/** The relation that a node stands for. */
export function nodeRelation(node: Pick<CodeNode, 'database' | 'schema' | 'alias'>, quoting?: JsonObject): Relation {
  return { database: node.database, schema: node.schema, identifier: node.alias, ...quotePart(quoting) };
}

/** The name of a node's relation as SQL. */
export function relationName(world: World, node: Pick<CodeNode, 'database' | 'schema' | 'alias'>): string {
  return world.adapter.statements.renderRelation(nodeRelation(node, world.settings.quoting));
}

const quotedParts = ['database', 'schema', 'identifier'] as const;

/** `quoting:` of a project or source as a relation's policy; nothing where it says nothing. */
export function quotePart(...policies: readonly (JsonObject | undefined)[]): { readonly quote?: Partial<QuotePolicy> } {
  const quote: Partial<Record<keyof QuotePolicy, boolean>> = {};
  for (const policy of policies) {
    for (const part of quotedParts) {
      const value: Json | undefined = policy?.[part];
      if (typeof value === 'boolean') quote[part] = value;
    }
  }
  return Object.keys(quote).length > 0 ? { quote } : {};
}

/** The table that a source has in the warehouse, or would have. */
export function sourceTable(
  { database, schema, identifier, quoting: own }: SourceNode,
  quoting?: JsonObject,
): Relation {
  return { database, schema, identifier, ...quotePart(quoting, own) };
}

/**
 * The relation that a source's table stands for. With `external_location` (in `meta`, or in `config` of the source or
 * the table) it is a file: `{name}`, `{schema}` and other facts of the table are filled in. A place that begins with `@` is
 * one that the table is filled from.
 *
 * @param quoting that of the project, which counts for what is told of a source, but not for `source()` in SQL.
 */
export function sourceRelation(source: SourceNode, quoting?: JsonObject): Relation {
  const relation = sourceTable(source, quoting);
  const expression = externalExpression(source);
  return expression === undefined ? relation : { ...relation, type: 'external', expression };
}

type Fact = Json | undefined;

/**
 * Where the files lie that a source's table is filled from, if they lie in a place of the warehouse's own:
 * `external_location: '@stage/path'`.
 */
export function stageOf(source: SourceNode): string | undefined {
  const location = externalLocation(source);
  return location?.startsWith('@') ? location : undefined;
}

function externalExpression(source: SourceNode): string | undefined {
  const location = externalLocation(source);
  if (location === undefined || location.startsWith('@')) return undefined;
  const isExpression = location.includes('(') || location.startsWith("'");
  return isExpression ? location : `'${location}'`;
}

function externalLocation(source: SourceNode): string | undefined {
  const known = new Set([
    'enabled',
    'event_time',
    'freshness',
    'loaded_at_field',
    'loaded_at_query',
    'meta',
    'tags',
    'static_analysis',
  ]);
  const extra = Object.fromEntries(Object.entries(source.config).filter(([name]) => !known.has(name))) as JsonObject;
  const said: JsonObject = { ...source.meta, ...extra };
  const location = said.external_location;
  if (typeof location !== 'string') return undefined;
  const { name, identifier, schema, database, tags } = source;
  const facts: Readonly<Record<string, Fact>> = { name, identifier, schema, database, tags, ...said };
  return fill(location, said.formatter, facts);
}

const placeholders: Readonly<Record<string, RegExp>> = {
  newstyle: /\{(\w+)\}/g,
  oldstyle: /%\((\w+)\)s/g,
  template: /\$(?:\{(\w+)\}|(\w+))/g,
};

/** The three ways of Python's text formatting that dbt's adapter offers. */
function fill(location: string, formatter: Fact, facts: Readonly<Record<string, Fact>>): string {
  const pattern = placeholders[typeof formatter === 'string' ? formatter : 'newstyle'] ?? /$^/g;
  return location.replace(pattern, (whole: string, first?: string, second?: string) => {
    const value = facts[first ?? second ?? ''];
    return value === undefined || value === null || typeof value === 'object' ? whole : String(value);
  });
}
