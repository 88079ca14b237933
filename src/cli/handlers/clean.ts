import { rmSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import type { ProjectSettings } from '../../1-parse/index.ts';
import { error, Problem } from '../../core/index.ts';
import type { ExitCode } from '../engine/outcome.ts';
import type { Session } from '../session.ts';

/** Deletes the folders that `clean-targets` names. Refuses folders with the project's sources and those outside it. */
export async function cleanProject(session: Session): Promise<ExitCode> {
  const engine = await session.engine();
  const { root, settings, diagnostics } = await engine.openProject(session.call(), session.host);
  session.reporter.diagnose(diagnostics);
  if (diagnostics.some((diagnostic) => diagnostic.severity === 'error')) return 2;
  const folders = [...new Set(settings.cleanTargets.map((target) => resolve(root, target)))];
  refuse(folders, root, settings, session.invocation.values.clean_project_files_only !== false);
  for (const folder of folders) {
    rmSync(folder, { recursive: true, force: true });
    session.reporter.say('info', `Cleaned ${relative(root, folder) || folder}`);
  }
  return 0;
}

function refuse(folders: readonly string[], root: string, settings: ProjectSettings, insideOnly: boolean): void {
  const sources = sourceFolders(settings).map((folder) => resolve(root, folder));
  const wrong = folders.filter((folder) => sources.some((source) => isWithin(source, folder)));
  if (wrong.length > 0) {
    throw new Problem(
      error('cli/clean-sources', `clean-targets names folders with the project's own files: ${wrong.join(', ')}`, {
        hint: 'Take them out of clean-targets',
      }),
    );
  }
  const outside = folders.filter((folder) => folder === root || !isWithin(folder, root));
  if (outside.length > 0 && insideOnly) {
    throw new Problem(
      error('cli/clean-outside', `clean-targets names folders outside the project: ${outside.join(', ')}`, {
        hint: 'Delete them yourself, or call with --no-clean-project-files-only',
      }),
    );
  }
}

function sourceFolders(settings: ProjectSettings): readonly string[] {
  const { modelPaths, seedPaths, snapshotPaths, analysisPaths, macroPaths, testPaths } = settings;
  return [...modelPaths, ...seedPaths, ...snapshotPaths, ...analysisPaths, ...macroPaths, ...testPaths];
}

/** Whether a path is a folder or below it. */
function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
