import { namesIn } from './compile-and-print.ts';
import type { Preview } from './engine.ts';
import type { ExitCode } from './invocation.ts';
import { tableJson, tableText } from './print-table.ts';
import type { PrintedResult } from './reporters/reporter.ts';
import { type Session, wordsOf } from './session.ts';
import { usageProblem } from './usage.ts';

/** Runs nodes' SQL (or `--inline`) and prints the rows, as dbt does. */
export async function showAndPrint(session: Session): Promise<ExitCode> {
  const { values } = session.invocation;
  const isInline = typeof values.inline === 'string' || typeof values.inline_direct === 'string';
  if (!isInline && wordsOf(values, 'select').length === 0 && values.selector === null) {
    throw usageProblem('show-what', 'show needs --select or --inline', "For example: ingot show --inline 'select 1'");
  }
  const engine = await session.engine();
  const outcome = await engine.showQuery(session.call(), session.host);
  session.reporter.diagnose(outcome.diagnostics);
  for (const preview of isInline ? outcome.previews : namedOnes(outcome.previews, session))
    session.reporter.print(printed(preview, session, isInline), shownNode(preview, session, isInline));
  return outcome.exitCode;
}

/** As dbt: what the selection brings along is not shown, unless it names no node at all (`tag:nightly`). */
function namedOnes(previews: readonly Preview[], { invocation }: Session): readonly Preview[] {
  const named = namesIn(wordsOf(invocation.values, 'select'));
  const shown = previews.filter(({ name }) => named(name.replace(/\.v[^.]*$/, '')));
  return shown.length === 0 ? previews : shown;
}

/** As dbt logs it: the rows are text in the event. */
function shownNode({ name, id, table }: Preview, { invocation }: Session, isInline: boolean): PrintedResult {
  const { output, quiet } = invocation.values;
  const data = {
    is_inline: isInline,
    node_name: name,
    output_format: output === 'json' ? 'json' : 'text',
    preview: output === 'json' ? JSON.stringify(tableJson(table)) : tableText(table),
    quiet: quiet === true,
    unique_id: id ?? '',
  };
  return { name: 'ShowNode', data };
}

function printed({ name, table }: Preview, { invocation }: Session, isInline: boolean): string {
  if (invocation.values.output === 'json') {
    const rows = tableJson(table);
    return JSON.stringify(isInline ? { show: rows } : { node: name, show: rows }, null, 2);
  }
  const text = tableText(table);
  if (invocation.values.quiet === true) return text;
  return `${isInline ? 'Previewing inline node:' : `Previewing node '${name}':`}\n${text}`;
}
