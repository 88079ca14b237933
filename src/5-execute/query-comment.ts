import {
  dbtVersion,
  error,
  type GraphNode,
  hasOwnCode,
  type Json,
  type JsonObject,
  jsonToValue,
  messageOf,
  Problem,
  type Session,
  type SessionTask,
} from '../core/index.ts';
import type { Value } from '../jinja/index.ts';
import type { ExecuteContext } from './context.ts';
import { describeFailure } from './failure.ts';

/** Says what the warehouse's history is to say of a task's statements; undefined: nothing. Never rejects. */
export type QueryComments = (task: SessionTask, session: Session) => Promise<string | undefined>;

/**
 * What the project wants to be said of statements; undefined where that is nothing. A comment that cannot be made is no
 * reason not to build: it is told once, and then there is none.
 */
export function createQueryComments(context: ExecuteContext): QueryComments | undefined {
  if (!context.shelves.adapter.capabilities.commentsStatements) return undefined;
  const written = templateOf(context.graph.project.settings.queryComment);
  if (written === null) return undefined;
  let hasFailed = false;
  return async (task, session) => {
    if (hasFailed) return undefined;
    try {
      return await queryComment(written, task, context, session);
    } catch (failure) {
      hasFailed = true;
      for (const diagnostic of describeFailure(failure, setting, undefined)) {
        context.emit(messageOf({ ...diagnostic, severity: 'warning' }, context.now()));
      }
      return undefined;
    }
  };
}

const setting = {
  unique_id: 'query-comment',
  name: 'query-comment',
  resource_type: 'macro',
  origin: { definition: undefined },
} as const;

/** Whose a statement is, in dbt's words, or what `query-comment` of the project makes of it. */
async function queryComment(
  written: string | undefined,
  { nodeId }: Pick<SessionTask, 'nodeId'>,
  context: ExecuteContext,
  session: Session,
): Promise<string | undefined> {
  const { graph, environment } = context;
  const node = nodeId === undefined ? undefined : graph.nodes.get(nodeId);
  if (written === undefined) return jsonComment(node, environment);
  const comment = (await render(written, node, context, session)).trim();
  if (comment.includes('*/')) throw new Problem(endsItself());
  return comment === '' ? undefined : comment;
}

/** Null: there is to be none. Undefined: the project does not say. */
function templateOf(written: Json | undefined): string | null | undefined {
  const comment =
    written !== null && typeof written === 'object' ? ((written as JsonObject).comment ?? undefined) : written;
  if (comment === undefined) return undefined;
  return typeof comment === 'string' && comment !== '' ? comment : null;
}

/** The comment that dbt writes, which tools look for in the history of an account. */
function jsonComment(node: GraphNode | undefined, { target }: ExecuteContext['environment']): string {
  const whose = node ? { node_id: node.unique_id } : { connection_name: 'master' };
  const facts = {
    ...{ app: 'dbt', dbt_version: dbtVersion, profile_name: target.profileName, target_name: target.name },
    ...whose,
  };
  const members = Object.entries(facts).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  return `{${members.join(', ')}}`.replaceAll('*/', '*\\/');
}

function render(
  template: string,
  node: GraphNode | undefined,
  { compiler, graph }: ExecuteContext,
  session: Session,
): Promise<string> {
  const names = new Map<string, Value>([
    ['connection_name', node?.unique_id ?? 'master'],
    ['node', node ? templateValue(node) : null],
  ]);
  const { project } = graph;
  const owner = {
    resource_type: 'macro',
    package_name: project.name,
    original_file_path: project.settings.file,
  } as const;
  return compiler.render(template, node && hasOwnCode(node) ? node : owner, session, names);
}

function templateValue({ origin: _, ...fields }: GraphNode): Value {
  return jsonToValue(fields as unknown as JsonObject);
}

const endsItself = () =>
  error('execute/query-comment', "'query-comment' makes a text with '*/' in it, which would end the comment", {
    hint: 'Leave it out of the text, or set query-comment to nothing.',
  });
