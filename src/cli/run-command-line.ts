import type { Diagnostic } from '../core/index.ts';
import type { Invocation } from './command-line/invocation.ts';
import { makeCall } from './command-line/make-call.ts';
import { withProjectFlags } from './command-line/project-flags.ts';
import { readCommandLine } from './command-line/read-command-line.ts';
import { filledTextOf, wordsOf } from './command-line/values.ts';
import type { ExitCode } from './engine/outcome.ts';
import { findProject } from './find-project.ts';
import type { Outside } from './outside.ts';
import type { Reporter } from './reporters/reporter.ts';
import type { Session } from './session.ts';

/** Runs one command line from its words to its exit code. Never throws. */
export async function runCommandLine(argv: readonly string[], outside: Outside): Promise<ExitCode> {
  let reporter: Reporter | undefined;
  let invocation: Invocation | undefined;
  try {
    const read = await readCommandLine(argv, outside);
    if (read.kind === 'text') {
      outside.stdout.write(read.text);
      return read.exitCode;
    }
    invocation = read.invocation;
    const projectDir = findProject(outside.cwd, filledTextOf(invocation.values, 'project_dir'));
    if (projectDir !== undefined) outside.enterFolder?.(projectDir);
    invocation = await withProjectFlags(invocation, read.flags, projectDir);
    const { makeReporter } = await import('./reporters/make-reporter.ts');
    reporter = makeReporter(read.command, invocation, projectDir, outside);
    return await read.command.run(openSession(invocation, projectDir, reporter, outside));
  } catch (failure) {
    const { problemsOf } = await import('./problems-of.ts');
    const diagnostics = problemsOf(failure);
    if (diagnostics === undefined) {
      const { reportBug } = await import('./bug.ts');
      return reportBug(failure, invocation, reporter, outside);
    }
    if (reporter) reporter.diagnose(diagnostics);
    else for (const diagnostic of diagnostics) outside.stderr.write(usageText(diagnostic));
    // As a run that was interrupted: nothing is wrong with the call.
    return outside.signal.aborted ? 1 : 2;
  } finally {
    reporter?.close();
  }
}

/** Files, nodes or steps: with fewer, memory is nothing to think of, and a command is soon over. */
const largeProject = 5000;

function openSession(
  invocation: Invocation,
  projectDir: string | undefined,
  reporter: Reporter,
  outside: Outside,
): Session {
  const host: Session['host'] = {
    cwd: outside.cwd,
    env: outside.env,
    homeDir: outside.homeDir,
    now: outside.now,
    uuid: outside.uuid,
    random: outside.random,
    signal: outside.signal,
    heedSignals: outside.heedSignals,
    emit(event) {
      if (event.kind === 'run-started' && event.steps.length > largeProject) outside.expectMuch?.();
      reporter.event(event);
    },
    onFiles(count) {
      // Who only parses is done before memory runs short.
      if (count > largeProject && invocation.name !== 'parse') outside.expectMuch?.();
    },
    onProject({ graph, diagnostics }) {
      // What was kept of a project is soon read, and what is done to a selection of it is known when it begins.
      if (graph.nodes.size > largeProject && wordsOf(invocation.values, 'select').length === 0) outside.expectMuch?.();
      reporter.project(graph);
      reporter.diagnose(diagnostics);
    },
    async onUnchanged({ counts, diagnostics }) {
      const { foundLine } = await import('./reporters/narrator.ts');
      reporter.say('info', foundLine(counts));
      reporter.diagnose(diagnostics);
    },
  };
  return {
    invocation,
    host,
    reporter,
    projectDir,
    engine: outside.loadEngine,
    call: (change) => ({ ...makeCall(invocation, projectDir, host), ...change }),
  };
}

const usageText = ({ message, hint }: Diagnostic): string =>
  `Error: ${message}\n${hint === undefined ? '' : `${hint}\n`}Try 'ingot --help' for help.\n`;
