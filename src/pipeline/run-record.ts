import { join } from 'node:path';
import { type Compiler, createCompiler, type NodeAnalysis } from '../3-compile/index.ts';
import type { Outcome } from '../5-execute/index.ts';
import { readFreshnessEvents, readRunEvents, startRecorder, writeRunResults, writeSources } from '../6-record/index.ts';
import type { Call } from '../cli/engine/call.ts';
import type { Host } from '../cli/engine/host.ts';
import type { Loaded } from '../cli/engine/loaded.ts';
import type { Diagnostic, Event } from '../core/index.ts';
import { type Compiled, recordManifest } from './artifacts.ts';
import { CompiledFiles } from './compiled-files.ts';
import { stateFile, targetFolder } from './locations.ts';

/** Keeps of one command what people and later commands look for: compiled SQL, history, artifacts. */
export class RunRecord {
  readonly compiled = new Map<string, Compiled>();
  /** What went wrong with keeping the record itself. */
  readonly diagnostics: Diagnostic[] = [];
  readonly #loaded: Loaded;
  readonly #call: Call;
  readonly #host: Host;
  readonly #files: CompiledFiles;
  readonly #recorder: ReturnType<typeof startRecorder> | undefined;
  readonly #events = readRunEvents();
  readonly #freshness = readFreshnessEvents();

  constructor(loaded: Loaded, call: Call, host: Host) {
    this.#loaded = loaded;
    this.#call = call;
    this.#host = host;
    this.#files = new CompiledFiles(loaded.graph, targetFolder(loaded));
    // To compile is to build nothing: it is no part of the history, and not to be paid for.
    if (call.command !== 'compile') this.#recorder = this.#startRecorder();
  }

  #startRecorder(): ReturnType<typeof startRecorder> {
    return startRecorder({
      file: stateFile(this.#loaded, this.#call),
      onProblem: (diagnostic) => this.diagnostics.push(diagnostic),
    });
  }

  readonly emit = (event: Event): void => {
    this.#recorder?.record(event);
    this.#events.record(event);
    this.#freshness.record(event);
    this.#host.emit(event);
  };

  /** A compiler whose results are kept for the artifacts. */
  compiler(input: Omit<Parameters<typeof createCompiler>[0], 'emit' | 'now' | 'onEphemeral'>): Compiler {
    const compiler = createCompiler({
      ...input,
      emit: this.emit,
      now: () => this.#host.now().getTime(),
      onEphemeral: ({ id, sql, extraCtes }) => {
        this.compiled.set(id, compiledTo(sql, extraCtes, this.#files.write(id, sql)));
      },
    });
    return {
      ...compiler,
      compile: async (id, session, batch, partitions) => {
        const compiled = await compiler.compile(id, session, batch, partitions);
        const { extraCtes, authored = compiled } = compiled;
        const compiledPath = this.compiled.get(id)?.compiledPath;
        // The manifest has one text for a node, the author's; that of a batch is only in a file.
        if (!batch) this.compiled.set(id, compiledTo(authored.sql, extraCtes, compiledPath));
        return compiled;
      },
      hook: async (text, node, session, extra, batch) => {
        const sql = await compiler.hook(text, node, session, extra, batch);
        // A hook of a node is a part of that node's step; one of the project is a result of its own.
        if (node.resource_type === 'operation') this.compiled.set(node.unique_id, compiledTo(sql, [], undefined));
        return sql;
      },
    };
  }

  /** Writes a node's SQL for people to read; gives the path relative to the project. */
  readonly writeCompiled = (id: string, sql: string, variant?: string): string => {
    const path = this.#files.write(id, sql, variant);
    const entry = this.compiled.get(id);
    const isTranslation = variant === this.#loaded.shelves.adapter.dialect;
    if (entry) entry[isTranslation ? 'sentPath' : 'compiledPath'] = path;
    return path;
  };

  /** The columns of a model, for people and tools that read the manifest. */
  readonly keepColumns = (id: string, { columns, complete }: NodeAnalysis): void => {
    const entry = this.compiled.get(id);
    if (!entry || !complete || this.#loaded.graph.nodes.get(id)?.resource_type !== 'model') return;
    entry.columns = columns.map(({ name, type }) => ({ name, type }));
  };

  /**
   * Writes the artifacts of a run that came to its end, in whatever way. The results come first: `retry` needs them, and the
   * manifest of a large project takes seconds. Who has pressed Ctrl-C does not wait for one that lacks only compiled SQL.
   */
  writeArtifacts(outcome: Outcome['outcome']): void {
    if (!this.#call.writeJson) return;
    this.#writeResults();
    const isThere = this.#loaded.restored?.isCurrent === true;
    if (outcome !== 'interrupted' || !isThere) recordManifest(this.#loaded, this.compiled);
  }

  #writeResults(): void {
    const { graph, environment } = this.#loaded;
    const { nodes } = graph;
    if (this.#call.command === 'freshness') {
      const path = this.#call.output ?? join(targetFolder(this.#loaded), 'sources.json');
      writeSources(path, this.#freshness.content({ environment, nodes }));
      return;
    }
    const content = this.#events.content({ environment, nodes, compiled: this.compiled, args: this.#call.args });
    writeRunResults(join(targetFolder(this.#loaded), 'run_results.json'), content);
  }

  async finish(): Promise<void> {
    await this.#recorder?.finish();
  }
}

function compiledTo(sql: string, extraCtes: Compiled['extraCtes'], compiledPath: string | undefined): Compiled {
  return { sql, extraCtes, compiledPath, sentPath: undefined, columns: undefined };
}
