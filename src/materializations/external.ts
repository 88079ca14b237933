import {
  type ExternalFile,
  error,
  externalLocation,
  type Json,
  type JsonObject,
  jsonToValue,
  type Materialization,
  type MaterializationContext,
  type NodeConfig,
  Problem,
  type Relation,
} from '../core/index.ts';
import { str } from '../jinja/index.ts';
import { build } from './building/build.ts';
import { assertContract } from './building/contract.ts';
import { createTableAs, createViewAs, dropRelation } from './building/own-statements.ts';
import { relationValue } from './building/relation-value.ts';
import { replaceRelation } from './building/replace.ts';

/** A file outside of the warehouse, and a view that reads it. Nothing is written before the query has come to its end. */
const external: Materialization = {
  name: 'external',
  async materialize(context) {
    const file = await fileOf(context);
    const { statements } = context.adapter;
    const result = await build(context, { severalStatements: true, relationType: 'view' }, async () => {
      if (context.node.contract.enforced) await assertContract(context, context.sql);
      const rows = statements.temporaryRelation({ ...context.target, type: 'table' });
      await createTableAs(context, rows, context.sql, { temporary: true, replace: true });
      const { rowsAffected } = await context.execute(file.write(allOf(rows)));
      // As in dbt-duckdb, a file has a row at least: only then every reader finds the columns and their types.
      if (rowsAffected === 0) await context.execute(file.write(oneOfNulls(rows)));
      await dropRelation(context, rows);
      const query = rowsAffected === 0 ? `${file.query}\nwhere false` : file.query;
      return replaceRelation(context, 'view', (relation) => createViewAs(context, relation, query));
    });
    return { relations: [{ ...context.target, type: 'view' }], rowsAffected: null, message: result.message ?? 'OK' };

    function allOf(rows: Relation): string {
      return `select * from ${statements.renderRelation(rows)}`;
    }

    function oneOfNulls(rows: Relation): string {
      return `select rows.* from (select 1) left join ${statements.renderRelation(rows)} as rows on true`;
    }
  },
};

export default external;

async function fileOf(context: MaterializationContext): Promise<ExternalFile> {
  const { adapter, node, environment } = context;
  const config = await renderedSettings(context);
  const location = await locationOf(context, config);
  const file = adapter.statements.externalFile?.(location, config, environment.projectRoot);
  if (typeof file === 'object') return file;
  const message = file ?? `${adapter.type} has no models that are files`;
  throw new Problem(error('materialize/external', message, { span: node.origin.definition }));
}

/** Settings that may be templates and name what is known only now, such as `this`. */
async function renderedSettings({ node: { config }, render }: MaterializationContext): Promise<NodeConfig> {
  if (!render) return config;
  const written = Object.entries(config).filter(([name]) => templates.has(name));
  const settings = await Promise.all(
    written.map(async ([name, value]) => [name, await rendered(value as Json, render)]),
  );
  return { ...config, ...Object.fromEntries(settings) };
}

const templates = new Set(['location', 'format', 'delimiter', 'options']);

async function rendered(value: Json, render: (text: string) => Promise<string>): Promise<Json> {
  if (typeof value === 'string') return render(value);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const members = Object.entries(value).map(async ([name, member]) => [name, await rendered(member, render)]);
  return Object.fromEntries(await Promise.all(members)) as JsonObject;
}

/** What the node says, else what the project's own macro `external_location` says, else what dbt-duckdb would. */
async function locationOf(context: MaterializationContext, config: NodeConfig): Promise<string> {
  const { node, target, environment } = context;
  if (typeof config.location === 'string') return config.location;
  const own = context.ownMacro?.('external_location');
  if (own) return str(await own(relationValue(target, context), jsonToValue(config as unknown as JsonObject))).trim();
  return externalLocation(target.identifier ?? node.alias, config, environment.target.output.external_root);
}
