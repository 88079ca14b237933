import { RelationValue, type Rendering, type TemplateFunction } from '../core/index.ts';
import { type Bound, truthy } from '../jinja/index.ts';
import { dispatched } from './warehouse/dispatched.ts';
import { relationOf } from './warehouse/relation-argument.ts';
import { runAll, sessionOf } from './warehouse/session.ts';

/**
 * What dbt's materializations call at the end: `persist_docs` keeps descriptions with the relation, `create_indexes`
 * makes the indexes of the settings, `apply_grants` warns, since nobody's access is changed.
 */
const functions: readonly TemplateFunction[] = [
  ...dispatched('persist_docs', ['relation', 'model', 'for_relation=', 'for_columns='], (rendering, bound) => {
    const [relation, , forRelation, forColumns] = bound;
    if (!rendering.execute) return '';
    return persist(rendering, relation, truthy(forRelation ?? true), truthy(forColumns ?? true));
  }),
  ...dispatched('create_indexes', ['relation'], (rendering, [relation]) =>
    rendering.execute ? createIndexes(rendering, relation) : '',
  ),
  ...dispatched('apply_grants', ['relation', 'grant_config', 'should_revoke='], (rendering, [, grants], site) => {
    if (grants != null && truthy(grants)) {
      rendering.warn(`Grants for relations are not supported by ${rendering.adapter.type}`, site);
    }
    return '';
  }),
  ...dispatched('should_revoke', ['existing_relation', 'full_refresh_mode='], (_, [existing, fullRefresh]) =>
    existing instanceof RelationValue ? !truthy(fullRefresh ?? true) : false,
  ),
  ...dispatched('copy_grants', [], () => false),
];
export default functions;

async function persist(rendering: Rendering, relation: Bound, whole: boolean, columns: boolean): Promise<string> {
  const { node, adapter } = rendering;
  const wanted = rendering.getConfig('persist_docs');
  const asked = (part: string): boolean =>
    typeof wanted === 'object' && wanted !== null && (wanted as Readonly<Record<string, unknown>>)[part] === true;
  if (node === undefined) return '';
  const target = relationOf(relation);
  const statements: string[] = [];
  if (whole && asked('relation') && node.description !== '') {
    statements.push(adapter.statements.commentOnRelation(target, node.description));
  }
  if (columns && asked('columns')) {
    const existing = await sessionOf(rendering, 'persist_docs()').columnsOf(target);
    const described = new Map(
      Object.values(node.columns).map(({ name, description }) => [name.toLowerCase(), description]),
    );
    const comments = existing.flatMap(({ name }): [string, string][] => {
      const description = described.get(name.toLowerCase());
      return description === undefined ? [] : [[name, description]];
    });
    statements.push(...adapter.statements.commentOnColumns(target, new Map(comments)));
  }
  return runAll(rendering, statements, 'A materialization');
}

function createIndexes(rendering: Rendering, relation: Bound): Promise<string> {
  const { createIndex } = rendering.adapter.statements;
  const indexes = rendering.getConfig('indexes');
  if (createIndex === undefined || !Array.isArray(indexes)) return Promise.resolve('');
  const statements = indexes.flatMap((index) => {
    if (typeof index !== 'object' || index === null || Array.isArray(index)) return [];
    const { columns, unique } = index as Readonly<Record<string, unknown>>;
    return Array.isArray(columns) ? [createIndex(relationOf(relation), columns.map(String), unique === true)] : [];
  });
  return runAll(rendering, statements, 'A materialization');
}
