import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { makeFolder } from '../../core/index.ts';
import { usageProblem } from '../command-line/usage.ts';
import type { ExitCode } from '../engine/outcome.ts';
import { isProject } from '../find-project.ts';
import { scaffoldFolder, scaffoldText } from '../scaffold/scaffold.ts';
import { writeWorkflow } from '../scaffold/write-workflow.ts';
import type { Session } from '../session.ts';

/**
 * Makes a folder with a new project. Refuses names that SQL and dbt could not use, and folders with something in them. With
 * `--ci` a workflow comes along, or is written for the project that is there.
 */
export async function startProject(session: Session): Promise<ExitCode> {
  const { positional, values } = session.invocation;
  const name = typeof positional.name === 'string' ? positional.name : undefined;
  const withWorkflow = values.ci === 'github';
  if (name === undefined && withWorkflow && session.projectDir !== undefined) {
    sayWorkflow(session, writeWorkflow(session.projectDir));
    return 0;
  }
  if (name === undefined) throw usageProblem('init-name', 'init needs a name', 'For example: ingot init my_shop');
  if (!/^[A-Za-z_]\w*$/.test(name)) {
    const hint = 'Take letters, digits and _ only, and a letter or _ first';
    throw usageProblem('init-name', `'${name}' cannot be a project's name`, hint);
  }
  const root = resolve(session.host.cwd, typeof values.project_dir === 'string' ? values.project_dir : '', name);
  refuseUsed(root);
  writeProject(root, name);
  const folder = relative(session.host.cwd, root);
  session.reporter.say('info', `Your new project is in ${folder}. Build it:\n\n  cd ${folder}\n  ingot build\n`);
  if (withWorkflow) sayWorkflow(session, writeWorkflow(root));
  return 0;
}

function sayWorkflow({ reporter, host }: Session, path: string): void {
  const file = relative(host.cwd, path);
  reporter.say('info', `${file} reviews pull requests. Give it the credentials that your target needs, and commit it.`);
}

function refuseUsed(root: string): void {
  if (!existsSync(root)) return;
  if (isProject(root)) throw usageProblem('init-exists', `There is a project in ${root} already`, 'Take another name');
  if (!statSync(root).isDirectory()) throw usageProblem('init-exists', `${root} is a file`, 'Take another name');
  if (readdirSync(root).length > 0) {
    throw usageProblem('init-exists', `${root} exists and is not empty`, 'Take another name');
  }
}

function writeProject(root: string, name: string): void {
  const templates = scaffoldFolder('project');
  for (const file of filesBelow(templates)) {
    const target = join(root, targetOf(relative(templates, file)));
    makeFolder(dirname(target));
    writeFileSync(target, scaffoldText(file, { name }));
  }
}

/** Names end in `.njk`; a dot file is stored without its dot, because packing a package leaves some of them out. */
function targetOf(path: string): string {
  const plain = path.replace(/\.njk$/, '');
  return plain.split(sep).at(-1) === 'gitignore' ? plain.replace(/gitignore$/, '.gitignore') : plain;
}

function* filesBelow(folder: string): Iterable<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}
