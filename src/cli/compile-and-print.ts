import type { Loaded } from './engine.ts';
import type { ExitCode } from './invocation.ts';
import { runAndReport } from './run-and-report.ts';
import { type Session, wordsOf } from './session.ts';

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
    const sql = outcome.inlineId === undefined ? undefined : outcome.compiled.get(outcome.inlineId)?.sql;
    if (sql !== undefined) printCompiled(session, undefined, sql);
    return 0;
  }
  const named = namesIn(wordsOf(values, 'select'));
  for (const [id, { sql }] of outcome.compiled) {
    const name = loaded?.graph.nodes.get(id)?.name ?? id;
    if (named(name)) printCompiled(session, name, sql);
  }
  return 0;
}

/** Whether a selection names a node itself: parents that `+x` brings along are compiled, but not printed. */
export function namesIn(select: readonly string[]): (name: string) => boolean {
  return (name) => select.some((criterion) => criterion.includes(name));
}

function printCompiled({ invocation, reporter }: Session, name: string | undefined, sql: string): void {
  if (invocation.values.output === 'json') {
    reporter.print(JSON.stringify({ ...(name === undefined ? {} : { node: name }), compiled: sql }, null, 2));
  } else if (invocation.values.quiet === true) {
    reporter.print(sql);
  } else {
    reporter.print(`${name === undefined ? 'Compiled inline node is:' : `Compiled node '${name}' is:`}\n${sql}`);
  }
}
