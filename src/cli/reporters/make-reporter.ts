import { resolve } from 'node:path';
import { type ReadSource, readableText } from '../../core/index.ts';
import type { Command } from '../command-line/command.ts';
import type { Invocation } from '../command-line/invocation.ts';
import { filledTextOf, textOf } from '../command-line/values.ts';
import { logFolderOf } from '../find-project.ts';
import type { Outside } from '../outside.ts';
import { JsonReporter } from './json-reporter.ts';
import type { Level } from './line.ts';
import { LogFile } from './log-file.ts';
import { LogFileReporter } from './log-file-reporter.ts';
import type { NarratorOptions } from './narrator.ts';
import { type Reporter, together, withoutRepetition } from './reporter.ts';
import { rerunLine } from './rerun-line.ts';
import { colourStyle, plainStyle, wantsColours } from './style.ts';
import { TextReporter } from './text-reporter.ts';

/** Those who are told what the command does: the terminal in the format asked for, and the log file. */
export function makeReporter(
  command: Command,
  invocation: Invocation,
  projectDir: string | undefined,
  outside: Outside,
): Reporter {
  const { values } = invocation;
  const about: Omit<NarratorOptions, 'style'> = {
    width: typeof values.printer_width === 'number' ? values.printer_width : 80,
    readSource: sourceReader(projectDir ?? outside.cwd, textOf(values, 'inline')),
    rerun: (node, partitions) => rerunLine(invocation, node, partitions),
  };
  const first =
    values.log_format === 'json'
      ? jsonReporter(invocation, about, outside)
      : textReporter(command, invocation, about, outside);
  const file = logFileReporter(invocation, about, projectDir, outside);
  return withoutRepetition(file ? together(first, file) : first);
}

function textReporter(
  command: Command,
  { values, given }: Invocation,
  about: Omit<NarratorOptions, 'style'>,
  outside: Outside,
): Reporter {
  const messages = command.printsResult?.(values) ? outside.stderr : outside.stdout;
  const colours = wantsColours(
    given.has('use_colors') ? values.use_colors === true : undefined,
    outside.env,
    messages.isTerminal,
  );
  return new TextReporter({
    ...about,
    style: colours ? colourStyle : plainStyle,
    messages,
    results: outside.stdout,
    level: values.debug === true ? 'debug' : levelOf(values.log_level),
    quiet: values.quiet === true,
    print: values.print !== false,
    now: outside.now,
  });
}

function jsonReporter({ values }: Invocation, about: Omit<NarratorOptions, 'style'>, outside: Outside): Reporter {
  return new JsonReporter({
    ...about,
    write: (line) => outside.stdout.write(line),
    level: values.debug === true ? 'debug' : levelOf(values.log_level),
    quiet: values.quiet === true,
    print: values.print !== false,
    now: outside.now,
    pid: outside.pid,
  });
}

/** Only a project has a log, so that a call in the wrong folder leaves nothing behind; `--log-path` says otherwise. */
function logFileReporter(
  { values, given }: Invocation,
  about: Omit<NarratorOptions, 'style'>,
  projectDir: string | undefined,
  outside: Outside,
): Reporter | undefined {
  const path = filledTextOf(values, 'log_path');
  const level = given.has('log_level_file') || !given.has('log_level') ? values.log_level_file : values.log_level;
  if (level === 'none') return undefined;
  const ofProject = (): string | undefined => (projectDir === undefined ? undefined : logFolderOf(projectDir));
  const folder = path === undefined ? ofProject() : resolve(outside.cwd, path);
  if (folder === undefined) return undefined;
  const file = new LogFile({ folder, maxBytes: Number(values.log_file_max_bytes ?? 0) });
  const format = given.has('log_format_file') || !given.has('log_format') ? values.log_format_file : values.log_format;
  if (format !== 'json') return new LogFileReporter({ ...about, file, level: levelOf(level), now: outside.now });
  const write = (line: string): void => file.write(line);
  const json = {
    ...about,
    write,
    level: levelOf(level),
    quiet: false,
    print: true,
    now: outside.now,
    pid: outside.pid,
  };
  const reporter = new JsonReporter(json);
  return together(reporter, { ...silent, close: () => file.close() });
}

const silent: Reporter = { event() {}, project() {}, say() {}, diagnose() {}, print() {}, list() {}, close() {} };

/** Texts of the project's files, each read once, and of the SQL that stands in the command line itself. */
function sourceReader(root: string, inline: string | undefined): ReadSource {
  const texts = new Map<string, string | undefined>(inline === undefined ? [] : [['inline_query', inline]]);
  return (file) => {
    if (!texts.has(file)) texts.set(file, readableText(resolve(root, file)));
    return texts.get(file);
  };
}

function levelOf(value: unknown): Level | 'none' {
  return value === 'debug' || value === 'warn' || value === 'error' || value === 'none' ? value : 'info';
}
