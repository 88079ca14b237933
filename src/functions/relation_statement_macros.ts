import { type Relation, RelationValue, type Rendering, type TemplateFunction } from '../core/index.ts';
import { type Bound, type CallSite, type Result, str } from '../jinja/index.ts';
import { callOwn } from './warehouse/dispatch.ts';
import { dispatched } from './warehouse/dispatched.ts';
import { relationOf } from './warehouse/relation-argument.ts';

const suffixes = { intermediate: '__dbt_tmp', backup: '__dbt_backup' } as const;

/**
 * dbt's macros that write what brings one relation in the place of another: `get_create_sql`, `get_replace_sql`, and
 * what they are made of, with an `intermediate` relation (`__dbt_tmp`) and a `backup` (`__dbt_backup`).
 */
const functions: readonly TemplateFunction[] = [
  ...dispatched('get_create_sql', ['relation', 'sql'], (rendering, [relation, sql], site) =>
    create(rendering, relationOf(relation), sql, site),
  ),
  ...dispatched(
    'get_replace_sql',
    ['existing_relation', 'target_relation', 'sql'],
    async (rendering, [existing, target, sql], site) => {
      const old = relationOf(existing);
      const wanted = relationOf(target);
      const { statements } = rendering.adapter;
      const beside = named(wanted, 'intermediate');
      const made = str(await create(rendering, beside, sql, site));
      return [made, statements.dropRelation(old), statements.renameRelation(beside, wanted)].join(';\n');
    },
  ),
  ...dispatched('get_create_intermediate_sql', ['relation', 'sql'], async (rendering, [relation, sql], site) => {
    const beside = named(relationOf(relation), 'intermediate');
    return [rendering.adapter.statements.dropRelation(beside), str(await create(rendering, beside, sql, site))].join(
      ';\n',
    );
  }),
  ...dispatched('get_create_backup_sql', ['relation'], ({ adapter: { statements } }, [relation]) => {
    const old = relationOf(relation);
    const backup = named(old, 'backup');
    return [statements.dropRelation(backup), statements.renameRelation(old, backup)].join(';\n');
  }),
  ...dispatched('get_drop_backup_sql', ['relation'], ({ adapter }, [relation]) =>
    adapter.statements.dropRelation(named(relationOf(relation), 'backup')),
  ),
  ...dispatched('get_rename_intermediate_sql', ['relation'], ({ adapter }, [relation]) =>
    adapter.statements.renameRelation(named(relationOf(relation), 'intermediate'), relationOf(relation)),
  ),
  ...(['table', 'view'] as const).flatMap((type) => [
    ...dispatched(`get_rename_${type}_sql`, ['relation', 'new_name'], ({ adapter }, [relation, name]) => {
      const from: Relation = { ...relationOf(relation), type };
      return adapter.statements.renameRelation(from, { ...from, identifier: str(name ?? null) });
    }),
    ...dispatched(`get_replace_${type}_sql`, ['relation', 'sql'], ({ adapter }, [relation, sql]) =>
      type === 'table'
        ? adapter.statements.createTableAs(relationOf(relation), str(sql ?? null), { replace: true })
        : adapter.statements.createViewAs(relationOf(relation), str(sql ?? null), { replace: true }),
    ),
    ...dispatched(`drop_${type}`, ['relation'], ({ adapter }, [relation]) =>
      adapter.statements.dropRelation({ ...relationOf(relation), type }),
    ),
  ]),
  ...dispatched('can_clone_table', [], ({ adapter }) => adapter.statements.cloneTable !== undefined),
  ...dispatched(
    'create_or_replace_clone',
    ['this_relation', 'defer_relation'],
    ({ adapter }, [target, source]) => adapter.statements.cloneTable?.(relationOf(target), relationOf(source)) ?? '',
  ),
];
export default functions;

const named = (relation: Relation, what: keyof typeof suffixes): Relation => ({
  ...relation,
  identifier: `${relation.identifier}${suffixes[what]}`,
});

/** The statement for the kind of relation, which the project may write itself. */
function create(rendering: Rendering, relation: Relation, sql: Bound, site: CallSite): Result {
  const value = new RelationValue(relation, rendering.adapter.statements);
  return relation.type === 'view'
    ? callOwn(rendering, 'get_create_view_as_sql', [value, sql], site)
    : callOwn(rendering, 'get_create_table_as_sql', [false, value, sql], site);
}
