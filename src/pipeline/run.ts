import { join, resolve } from 'node:path';
import { createCompiler } from '../3-compile/index.ts';
import { createPlan } from '../4-plan/index.ts';
import { type ExecuteContext, execute } from '../5-execute/index.ts';
import { readRunEvents, startRecorder, writeManifest, writeRunResults } from '../6-record/index.ts';
import type { Call, Host, Loaded, RunOutcome } from '../cli/engine.ts';
import { type Diagnostic, type Event, RelationCache, type Warehouse } from '../core/index.ts';
import { CompiledFiles } from './compiled-files.ts';
import { lazyWarehouse } from './lazy-warehouse.ts';
import { selectNodes } from './select.ts';

/** What one node's compiling left, for the artifacts. */
export interface Compiled {
  readonly sql: string;
  readonly extraCtes: readonly { readonly id: string; readonly sql: string }[];
  readonly compiledPath: string | undefined;
}

/** Graph → plan → events → history, for the commands that run or compile nodes. */
export async function runLoaded(loaded: Loaded, call: Call, host: Host): Promise<RunOutcome> {
  const { graph, environment, shelves } = loaded;
  const selection = await selectNodes(loaded, call);
  const problems = [...loaded.diagnostics, ...selection.diagnostics];
  const compiled = new Map<string, Compiled>();
  if (hasError(problems)) return { exitCode: 2, diagnostics: problems, results: [], compiled };

  const targetPath = resolve(graph.project.root, graph.project.settings.targetPath);
  const late: Diagnostic[] = [];
  const recorder = startRecorder({
    file: call.stateFile ?? join(graph.project.root, '.ingot', 'state.db'),
    onProblem: (diagnostic) => late.push(diagnostic),
  });
  const runResults = readRunEvents();
  const emit = (event: Event): void => {
    recorder.record(event);
    runResults.record(event);
    host.emit(event);
  };

  const action = call.command === 'compile' ? 'compile' : 'run';
  const now = (): number => host.now().getTime();
  const { output, threads } = environment.target;
  const connect = (): Promise<Warehouse> => shelves.adapter.connect(output, { threads });
  const warehouse = action === 'compile' ? lazyWarehouse(connect) : await connect();
  const relations = new RelationCache();
  const compiler = createCompiler({ graph, environment, shelves, relations, selected: selection.ids, emit, now });
  const files = new CompiledFiles(graph, targetPath);
  const context: ExecuteContext = {
    graph,
    environment,
    shelves,
    warehouse,
    relations,
    emit,
    now,
    signal: host.signal,
    compiler: {
      ...compiler,
      async compile(id, session, batch) {
        const result = await compiler.compile(id, session, batch);
        compiled.set(id, { sql: result.sql, extraCtes: result.extraCtes, compiledPath: undefined });
        return result;
      },
    },
    async writeCompiled(id, sql) {
      const path = files.write(id, sql);
      const entry = compiled.get(id);
      if (entry) compiled.set(id, { ...entry, compiledPath: path });
      return path;
    },
  };

  try {
    const plan = createPlan(graph, {
      command: call.command,
      action,
      selected: selection.ids,
      testsBlock: call.command === 'build',
      withProjectHooks: true,
    });
    const { results, outcome } = await execute(plan, context);
    if (call.writeJson) {
      const { nodes } = graph;
      writeManifest({ graph, environment, compiled, path: join(targetPath, 'manifest.json') });
      const content = runResults.content({ environment, nodes, compiled, args: call.args });
      writeRunResults(join(targetPath, 'run_results.json'), content);
    }
    return { exitCode: outcome === 'success' ? 0 : 1, diagnostics: [...problems, ...late], results, compiled };
  } finally {
    await warehouse.close();
    await recorder.finish();
  }
}

export function hasError(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}
