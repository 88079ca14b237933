import { namedIn } from '../../2-graph/index.ts';
import { wordsOf } from '../command-line/values.ts';
import type { Loaded } from '../engine/loaded.ts';
import type { ExitCode } from '../engine/outcome.ts';
import type { RunOutcome } from '../engine/run.ts';
import type { Session } from '../session.ts';
import { runAndReport } from './run.ts';

type Made = Pick<NonNullable<ReturnType<RunOutcome['compiled']['get']>>, 'sql' | 'sentPath'> & {
  readonly id: string | undefined;
};

/** Compiles; where nodes were named or SQL was given, prints what came out, as dbt does. */
export async function compileAndPrint(session: Session): Promise<ExitCode> {
  let loaded: Loaded | undefined;
  const host = {
    ...session.host,
    onProject(project: Loaded) {
      loaded = project;
      session.host.onProject?.(project);
    },
  };
  const outcome = await runAndReport({ ...session, host });
  const { values } = session.invocation;
  if (outcome.exitCode !== 0) return outcome.exitCode;
  if (typeof values.inline === 'string') {
    const made = outcome.inlineId === undefined ? undefined : outcome.compiled.get(outcome.inlineId);
    if (made !== undefined) printCompiled(session, undefined, { id: outcome.inlineId, ...made });
    return 0;
  }
  const named = namedIn(wordsOf(values, 'select'));
  for (const [id, made] of outcome.compiled) {
    const name = loaded?.graph.nodes.get(id)?.name ?? id;
    if (named(name)) printCompiled(session, name, { id, ...made });
  }
  return 0;
}

function printCompiled({ invocation, reporter }: Session, name: string | undefined, made: Made): void {
  const { sql, id = '' } = made;
  const isQuiet = invocation.values.quiet === true;
  const data = {
    compiled: sql,
    is_inline: name === undefined,
    node_name: name ?? 'inline_query',
    output_format: invocation.values.output === 'json' ? 'json' : 'text',
    quiet: isQuiet,
    unique_id: id,
  };
  reporter.print(textOf(name, made, data.output_format, isQuiet), { name: 'CompiledNode', data });
}

function textOf(name: string | undefined, { sql, sentPath }: Made, format: string, isQuiet: boolean): string {
  if (format === 'json') {
    const sent = sentPath === undefined ? {} : { translated_path: sentPath };
    return JSON.stringify({ ...(name === undefined ? {} : { node: name }), compiled: sql, ...sent }, null, 2);
  }
  if (isQuiet) return sql;
  const title = name === undefined ? 'Compiled inline node is:' : `Compiled node '${name}' is:`;
  const sent = sentPath === undefined ? '' : `\n(the warehouse is sent what stands in ${sentPath})`;
  return `${title}\n${sql}${sent}`;
}
