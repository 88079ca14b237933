import {
  type DynamicTables,
  error,
  type Materialization,
  type MaterializationContext,
  Problem,
  type Relation,
  type StatementResult,
} from '../core/index.ts';
import { build } from './building/build.ts';
import { assertContract } from './building/contract.ts';
import { replaceRelation } from './building/replace.ts';
import { sendAll } from './building/transaction.ts';

/** A table that the warehouse itself keeps up to date: a run makes it, changes how it is kept, or refreshes it. */
const dynamicTable: Materialization = {
  name: 'dynamic_table',
  async materialize(context) {
    const tables = dynamicTables(context);
    const result = await build(context, { severalStatements: false, relationType: 'dynamic_table' }, async () => {
      if (context.node.contract.enforced) await assertContract(context, context.sql);
      const done = await bringAbout(context, tables);
      return tables.refreshedByHand(context.node.config) ? context.execute(tables.refresh(target(context))) : done;
    });
    return { relations: [target(context)], rowsAffected: null, message: result.message ?? 'OK' };
  },
};

export default dynamicTable;

const target = ({ target: relation }: MaterializationContext): Relation => ({ ...relation, type: 'dynamic_table' });

function dynamicTables(context: MaterializationContext): DynamicTables {
  const tables = context.adapter.statements.dynamicTables;
  if (tables === undefined)
    throw problem(context, `${context.adapter.type} has no tables that it keeps up to date itself`);
  const [missing] = tables.missing(context.node.config);
  if (missing !== undefined) throw problem(context, `'${context.node.name}' needs the setting '${missing}'`);
  return tables;
}

async function bringAbout(context: MaterializationContext, tables: DynamicTables): Promise<StatementResult> {
  const { node, existing, fullRefresh, session, sql } = context;
  const create = (relation: Relation): Promise<StatementResult> =>
    context.execute(tables.create(relation, sql, node.config, { replace: existing?.type === 'dynamic_table' }));
  if (existing?.type !== 'dynamic_table' || fullRefresh) return replaceRelation(context, 'dynamic_table', create);
  const settings = await session.settingsOf?.(target(context));
  const changes = settings === undefined ? 'replace' : tables.alter(target(context), settings, node.config);
  if (changes.length === 0) return nothingDone;
  switch (node.config.on_configuration_change ?? 'apply') {
    case 'apply':
      return changes === 'replace' ? create(target(context)) : sendAll(context, changes);
    case 'continue':
      context.warn(`The settings of '${node.name}' have changed, and 'on_configuration_change' lets it stay as it is`);
      return nothingDone;
    case 'fail':
      throw problem(context, `The settings of '${node.name}' have changed, and 'on_configuration_change' forbids that`);
    default:
      throw problem(
        context,
        `'on_configuration_change' of '${node.name}' is apply, continue or fail, not '${String(node.config.on_configuration_change)}'`,
      );
  }
}

const nothingDone: StatementResult = { rowsAffected: null, message: 'SKIP' };

function problem({ node }: MaterializationContext, message: string): Problem {
  return new Problem(error('materialize/dynamic-table', message, { span: node.origin.definition }));
}
