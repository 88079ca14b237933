import { usageProblem } from '../command-line/usage.ts';
import { wordsOf } from '../command-line/values.ts';
import type { ExitCode } from '../engine/outcome.ts';
import type { Preview } from '../engine/show.ts';
import type { Session } from '../session.ts';
import { tableJson, tableText } from '../texts/print-table.ts';

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
  for (const preview of outcome.previews) printPreview(preview, session, isInline);
  return outcome.exitCode;
}

function printPreview({ name, id, table }: Preview, { invocation, reporter }: Session, isInline: boolean): void {
  const { output, quiet } = invocation.values;
  const isQuiet = quiet === true;
  // As dbt logs it: the rows are text in the event.
  const node = { is_inline: isInline, node_name: name, quiet: isQuiet, unique_id: id ?? '' };
  if (output === 'json') {
    const rows = tableJson(table);
    const text = JSON.stringify(isInline ? { show: rows } : { node: name, show: rows }, null, 2);
    const data = { ...node, output_format: 'json', preview: JSON.stringify(rows) };
    reporter.print(text, { name: 'ShowNode', data });
    return;
  }
  const preview = tableText(table);
  const title = isInline ? 'Previewing inline node:' : `Previewing node '${name}':`;
  const data = { ...node, output_format: 'text', preview };
  reporter.print(isQuiet ? preview : `${title}\n${preview}`, { name: 'ShowNode', data });
}
