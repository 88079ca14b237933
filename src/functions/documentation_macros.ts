import { type Json, jsonToValue, type Rendering, type TemplateFunction } from '../core/index.ts';
import { type Bound, type CallSite, Dict, str, truthy, type Value } from '../jinja/index.ts';
import { callOwn } from './warehouse/dispatch.ts';
import { dispatched, sqlOf } from './warehouse/dispatched.ts';
import { relationOf } from './warehouse/relation-argument.ts';
import { runAll, sessionOf } from './warehouse/session.ts';

/**
 * What dbt's materializations call at the end: `persist_docs` keeps descriptions with the relation, by the statements of
 * `alter_relation_comment` and `alter_column_comment`; `create_indexes` makes the indexes of the settings.
 */
const functions: readonly TemplateFunction[] = [
  ...dispatched('persist_docs', ['relation', 'model', 'for_relation=', 'for_columns='], (rendering, bound, site) => {
    const [relation, , forRelation, forColumns] = bound;
    if (!rendering.execute) return '';
    return persist(rendering, relation, truthy(forRelation ?? true), truthy(forColumns ?? true), site);
  }),
  ...dispatched('create_indexes', ['relation'], (rendering, [relation], site) =>
    rendering.execute ? createIndexes(rendering, relation, site) : '',
  ),
  ...dispatched('alter_relation_comment', ['relation', 'relation_comment'], ({ adapter }, [relation, comment]) =>
    adapter.statements.commentOnRelation(relationOf(relation), sqlOf(comment)),
  ),
  ...dispatched('alter_column_comment', ['relation', 'column_dict'], ({ adapter }, [relation, columns]) =>
    adapter.statements.commentOnColumns(relationOf(relation), descriptionsOf(columns)).join(';\n'),
  ),
];
export default functions;

async function persist(
  rendering: Rendering,
  relation: Bound,
  whole: boolean,
  columns: boolean,
  site: CallSite,
): Promise<string> {
  const { node } = rendering;
  const wanted = rendering.getConfig('persist_docs');
  const asked = (part: string): boolean =>
    typeof wanted === 'object' && wanted !== null && (wanted as Readonly<Record<string, unknown>>)[part] === true;
  if (node === undefined) return '';
  const target = relationOf(relation);
  const statements: string[] = [];
  if (whole && asked('relation') && node.description !== '') {
    statements.push(str(await callOwn(rendering, 'alter_relation_comment', [relation, node.description], site)));
  }
  if (columns && asked('columns')) {
    const existing = await sessionOf(rendering, 'persist_docs()').columnsOf(target);
    const known = new Map(existing.map(({ name }) => [name.toLowerCase(), name]));
    const there = Object.values(node.columns).flatMap((column): [string, Value][] => {
      const name = known.get(column.name.toLowerCase());
      return name === undefined ? [] : [[name, jsonToValue({ ...column, name } as unknown as Json)]];
    });
    if (there.length > 0) {
      statements.push(str(await callOwn(rendering, 'alter_column_comment', [relation, Dict.of(there)], site)));
    }
  }
  return runAll(rendering, statements, 'A materialization');
}

async function createIndexes(rendering: Rendering, relation: Bound, site: CallSite): Promise<string> {
  const indexes = rendering.getConfig('indexes');
  const statements: string[] = [];
  for (const index of Array.isArray(indexes) ? indexes : []) {
    const sql = await callOwn(rendering, 'get_create_index_sql', [relation, jsonToValue(index)], site);
    if (sql !== null && str(sql).trim() !== '') statements.push(str(sql));
  }
  return runAll(rendering, statements, 'A materialization');
}

function descriptionsOf(columns: Bound): ReadonlyMap<string, string> {
  if (!(columns instanceof Dict)) return new Map();
  return new Map(
    [...columns.entries()].map(([name, column]) => [
      str(name),
      column instanceof Dict ? str(column.get('description') ?? '') : '',
    ]),
  );
}
