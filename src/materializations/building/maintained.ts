import {
  error,
  type Json,
  type MaintainedRelations,
  type Materialization,
  type MaterializationContext,
  Problem,
  type Relation,
  type StatementResult,
} from '../../core/index.ts';
import { str } from '../../jinja/index.ts';
import { publishing, stageQuery } from './aside.ts';
import { build } from './build.ts';
import { assertContract } from './contract.ts';
import { describedColumns } from './documentation.ts';
import { dropRelation, ownStatement } from './own-statements.ts';
import { relationValue } from './relation-value.ts';
import { replaceRelation } from './replace.ts';
import { sendAll } from './transaction.ts';

/** A kind of relation that the warehouse itself keeps up to date. */
export interface MaintainedKind {
  readonly type: 'dynamic_table' | 'materialized_view';
  /** The code of its problems. */
  readonly code: string;
  /** What a warehouse without them is said not to have. */
  readonly spoken: string;
  statementsOf(context: MaterializationContext): MaintainedRelations | undefined;
}

/**
 * A materialization whose runs make such a relation, change how it is kept, or refresh it. As in dbt, a query that has
 * changed is no reason to make it anew; `--full-refresh` does. Held back, its query is tested through a view: what the
 * warehouse keeps cannot change places.
 */
export function maintained(kind: MaintainedKind): Materialization {
  return {
    name: kind.type,
    async materialize(context) {
      const relations = relationsOf(kind, context);
      const options = { severalStatements: false, relationType: kind.type } as const;
      const result = await build(context, options, async () => {
        if (context.node.contract.enforced) await assertContract(context, context.sql);
        return bringAbout(kind, relations, context);
      });
      return done(kind, context, result);
    },
    aside: {
      contents: ['query'],
      async stage(context) {
        relationsOf(kind, context);
        return stageQuery(context);
      },
      async publish(context, { relation }) {
        const result = await publishing(context, {
          type: kind.type,
          content: 'definition',
          publish: () => bringAbout(kind, relationsOf(kind, context), context),
          cleanUp: async () => void (await dropRelation(context, relation)),
        });
        return done(kind, context, result);
      },
    },
  };
}

const targetOf = ({ type }: MaintainedKind, { target }: MaterializationContext): Relation => ({ ...target, type });

const done = (kind: MaintainedKind, context: MaterializationContext, { message }: StatementResult) => ({
  relations: [targetOf(kind, context)],
  rowsAffected: null,
  message: message ?? 'OK',
});

function relationsOf(kind: MaintainedKind, context: MaterializationContext): MaintainedRelations {
  const relations = kind.statementsOf(context);
  if (relations === undefined) throw problem(kind, context, `${context.adapter.type} has no ${kind.spoken}`);
  const [missing] = relations.missing(context.node.config);
  if (missing !== undefined) throw problem(kind, context, `'${context.node.name}' needs the setting '${missing}'`);
  return relations;
}

async function bringAbout(
  kind: MaintainedKind,
  relations: MaintainedRelations,
  context: MaterializationContext,
): Promise<StatementResult> {
  const target = targetOf(kind, context);
  const settings = await settingsOf(kind, context);
  const existing = settings ? target : context.existing;
  const result =
    settings === undefined || context.fullRefresh || relations.isBroken?.(settings)
      ? await makeAnew(kind, relations, { ...context, existing })
      : await change(kind, relations, context, settings);
  const refresh = relations.refresh?.(target, context.node.config);
  return refresh === undefined ? result : context.execute(refresh);
}

/** Undefined where there is none, or nobody asks what it is like. Some lists of relations call it a view. */
async function settingsOf(
  kind: MaintainedKind,
  context: MaterializationContext,
): Promise<Readonly<Record<string, Json>> | undefined> {
  const { existing, fullRefresh, session } = context;
  const isUnclear = kind.type === 'materialized_view' && existing?.type === 'view';
  return isUnclear || (existing?.type === kind.type && !fullRefresh)
    ? session.settingsOf?.(targetOf(kind, context), context.node.config)
    : undefined;
}

/** Nobody knows whether a macro's statement replaces what is there, nor what it makes: it finds nothing. */
async function makeAnew(
  kind: MaintainedKind,
  relations: MaintainedRelations,
  context: MaterializationContext,
): Promise<StatementResult> {
  const { existing, sql } = context;
  const own = ownStatement(context, kind.type);
  if (!own) {
    return replaceRelation(context, kind.type, (relation) =>
      create(relations, context, relation, existing?.type === kind.type),
    );
  }
  if (existing) await dropRelation(context, existing);
  return context.execute(str(await own(relationValue(targetOf(kind, context), context), sql)));
}

async function create(
  relations: MaintainedRelations,
  context: MaterializationContext,
  relation: Relation,
  replace: boolean,
): Promise<StatementResult> {
  const { config } = context.node;
  const described = await describedColumns(context, relation.type, context.sql);
  return context.execute(relations.create(relation, context.sql, { replace, config, described }));
}

function change(
  kind: MaintainedKind,
  relations: MaintainedRelations,
  context: MaterializationContext,
  settings: Readonly<Record<string, Json>>,
): StatementResult | Promise<StatementResult> {
  const { config, name } = context.node;
  const target = targetOf(kind, context);
  const changes = relations.alter(target, settings, config);
  if (changes.length === 0) return nothingDone;
  const mode = config.on_configuration_change ?? 'apply';
  const changed = `The settings of '${name}' have changed, and 'on_configuration_change'`;
  switch (mode) {
    case 'apply':
      return changes === 'replace' ? create(relations, context, target, true) : sendAll(context, changes);
    case 'continue':
      context.warn(`${changed} lets it stay as it is`);
      return nothingDone;
    case 'fail':
      throw problem(kind, context, `${changed} forbids that`);
    default:
      throw problem(
        kind,
        context,
        `'on_configuration_change' of '${name}' is apply, continue or fail, not '${String(mode)}'`,
      );
  }
}

const nothingDone: StatementResult = { rowsAffected: null, message: 'SKIP' };

function problem({ code }: MaintainedKind, { node }: MaterializationContext, message: string): Problem {
  return new Problem(error(code, message, { span: node.origin.definition }));
}
