import { findMacro } from '../1-parse/index.ts';
import { createCompiler } from '../3-compile/index.ts';
import { runOperation } from '../5-execute/index.ts';
import type { Call } from '../cli/engine/call.ts';
import type { Host } from '../cli/engine/host.ts';
import type { Loaded } from '../cli/engine/loaded.ts';
import type { RunOutcome } from '../cli/engine/run.ts';
import { didYouMeanHint, error, type MacroNode, Problem, RelationCache } from '../core/index.ts';
import { targetWarehouse } from './lazy-warehouse.ts';
import { RunRecord } from './run-record.ts';
import { hasError } from './unusable.ts';

/** `run-operation`: one macro with its arguments. */
export async function operate(loaded: Loaded, call: Call, host: Host): Promise<RunOutcome> {
  const { diagnostics, graph, environment, shelves } = loaded;
  if (hasError(diagnostics)) return { exitCode: 2, diagnostics, results: [], compiled: new Map() };
  const { macro: written, args } = call.operation ?? { macro: '', args: {} };
  const macro = macroNamed(written, loaded);
  const record = new RunRecord(loaded, call, host);
  const warehouse = targetWarehouse(loaded);
  const relations = new RelationCache();
  const compiling = { graph, environment, shelves, relations, selected: [] };
  try {
    const { results, outcome } = await runOperation(
      { macro, args },
      {
        ...compiling,
        warehouse,
        compiler: createCompiler({ ...compiling, emit: record.emit, now: () => host.now().getTime() }),
        emit: record.emit,
        now: () => host.now().getTime(),
        signal: host.signal,
        writeCompiled: record.writeCompiled,
      },
    );
    record.writeArtifacts(outcome);
    await record.finish();
    const problems = [...diagnostics, ...record.diagnostics];
    return { exitCode: outcome === 'success' ? 0 : 1, diagnostics: problems, results, compiled: new Map() };
  } finally {
    await warehouse.close();
    await record.finish();
  }
}

/** `name` or `package.name`: a macro of the project, then of any package, then one that comes with Ingot. */
function macroNamed(written: string, { graph: { project }, shelves }: Loaded): MacroNode | string {
  const dot = written.indexOf('.');
  const packageName = dot < 0 ? null : written.slice(0, dot);
  const name = written.slice(dot + 1);
  const macros = [...project.macros.values()];
  const found =
    findMacro(project, packageName, name) ??
    (packageName === null ? macros.findLast((macro) => macro.name === name) : undefined);
  if (found) return found;
  const isOwn = packageName === null || packageName === 'dbt';
  if (isOwn && shelves.functions.get(name)?.isMacro) return name;
  const where = packageName === null ? 'any package' : `the package '${packageName}'`;
  const known = macros.map((macro) => (packageName === null ? macro.name : `${macro.package_name}.${macro.name}`));
  const hint = didYouMeanHint(written, known) ?? 'Is its package installed? ingot deps does that';
  throw new Problem(error('cli/unknown-macro', `There is no macro '${name}' in ${where}`, { hint }));
}
