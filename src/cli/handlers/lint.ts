import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnostic, type JsonObject, positionAt } from '../../core/index.ts';
import { wordsOf } from '../command-line/values.ts';
import type { LintOutcome } from '../engine/lint.ts';
import type { ExitCode } from '../engine/outcome.ts';
import { pluralize } from '../reporters/describe.ts';
import type { Session } from '../session.ts';

/** `lint`: says what habits were found, and mends what can be mended without changing a result. */
export async function lintAndPrint(session: Session): Promise<ExitCode> {
  const { values } = session.invocation;
  const folder = session.projectDir ?? '';
  const engine = await session.engine();
  const request = { rules: wordsOf(values, 'rule'), fix: values.fix === true };
  const outcome = await engine.lint(request, session.call(), session.host);
  const isJson = values.output === 'json';
  // Before files change: findings are shown with the text that they were found in.
  session.reporter.diagnose(isJson ? outcome.diagnostics.filter((one) => !isFinding(one)) : outcome.diagnostics);
  const text = isJson ? jsonOf(outcome, folder) : summaryOf(outcome);
  for (const { file, text } of outcome.files) replaceFile(join(folder, file), text);
  if (outcome.exitCode !== 2) session.reporter.print(text);
  return outcome.exitCode;
}

const isFinding = ({ code, span }: Diagnostic): boolean => code.startsWith('lint/') && span !== undefined;

function summaryOf({ diagnostics, looked, files, fixed }: LintOutcome): string {
  const found = diagnostics.filter(isFinding).length;
  const mended = fixed > 0 ? `${pluralize(fixed, 'finding')} mended in ${pluralize(files.length, 'file')}, ` : '';
  return `${mended}${found === 0 ? 'nothing' : pluralize(found, 'finding')} found in ${pluralize(looked, 'file')} of SQL`;
}

function jsonOf({ diagnostics, looked, files, fixed }: LintOutcome, folder: string): string {
  const findings = diagnostics.filter(isFinding).map(({ code, severity, message, hint, span }): JsonObject => {
    const { file, start, end } = span ?? { file: '', start: 0, end: 0 };
    const text = readFileSync(join(folder, file), 'utf8');
    const [from, to] = [positionAt(text, start), positionAt(text, end)];
    const place = { file, line: from.line, column: from.column, end_line: to.line, end_column: to.column };
    return { rule: code.replace(/^lint\//, ''), severity, message, hint: hint ?? null, ...place };
  });
  return JSON.stringify({ looked, fixed, files: files.map(({ file }) => file), findings }, null, 2);
}

/** Editors and other readers see the old text or the new one. */
function replaceFile(path: string, text: string): void {
  const temporary = `${path}.ingot-lint`;
  writeFileSync(temporary, text);
  renameSync(temporary, path);
}
