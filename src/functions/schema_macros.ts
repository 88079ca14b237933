import type { Relation, TemplateFunction } from '../core/index.ts';
import { RelationValue, type Rendering } from '../core/index.ts';
import { str, type Value } from '../jinja/index.ts';
import { adapterMethods } from './warehouse/adapter-methods.ts';
import { dispatched } from './warehouse/dispatched.ts';
import { countOfSchemas, schemasOf } from './warehouse/schema-queries.ts';
import { runStatement } from './warehouse/session.ts';

/** dbt's macros about schemas. What lists gives a table of one column. */
const functions: readonly TemplateFunction[] = [
  ...dispatched('information_schema_name', ['database'], (_, [database]) =>
    database == null || database === '' ? 'information_schema' : `${str(database)}.information_schema`,
  ),
  ...dispatched('list_schemas', ['database'], (rendering, [database]) =>
    rendering.execute ? answer(rendering, schemasOf(rendering, database)) : [],
  ),
  ...dispatched('check_schema_exists', ['information_schema', 'schema'], (rendering, [from, schema]) =>
    rendering.execute ? answer(rendering, countOfSchemas(rendering, databaseOf(from), schema)) : [],
  ),
  ...dispatched('drop_schema_named', ['schema_name'], (rendering, [name]) => {
    const { statements } = rendering.adapter;
    const { database } = rendering.environment.target;
    const schema: Relation = { database, schema: str(name ?? null), identifier: null, quote: rendering.quoting };
    if (!rendering.execute) return '';
    return adapterMethods.drop_schema?.run(rendering, [new RelationValue(schema, statements)]) ?? '';
  }),
];
export default functions;

/** Of what `Relation.information_schema` gives. */
const databaseOf = (from: Value | undefined): string | null =>
  from instanceof RelationValue ? from.relation.database : null;

async function answer(rendering: Rendering, sql: string): Promise<Value> {
  return (await runStatement(rendering, sql, true, 'Looking for schemas')).table ?? null;
}
