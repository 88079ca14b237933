import type { Call } from '../../cli/engine/call.ts';
import type { Host } from '../../cli/engine/host.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import type { SampleOutcome, SampleRequest } from '../../cli/engine/sample.ts';
import { type Diagnostic, error, Problem, StatementError, warning } from '../../core/index.ts';
import { openAnalysis } from '../analysis.ts';
import { version } from '../loading/environment.ts';
import { scratchAdapter } from '../scratch.ts';
import { selectNodes } from '../select.ts';
import { declaredForeignKeys } from './foreign-keys.ts';
import { maskTables } from './mask-tables.ts';
import { type MaskedColumns, maskedColumns } from './masked-columns.ts';
import { sampleFolder } from './sample-file.ts';
import { type Lineage, liftForeignKeys, readLineage } from './sample-lineage.ts';
import { sampleRows } from './sample-rows.ts';
import { describeTables, sampledRelation } from './sampled-tables.ts';
import { type WrittenTable, writeSample } from './write-sample.ts';
import { writtenTypes } from './written-types.ts';

/** The variable with the secret of masked values. Without it, each sample has one of its own, which is thrown away. */
const secretVariable = 'INGOT_SAMPLE_SECRET';

/** Records some rows of what the call selects, of the target's warehouse, and those that they refer to. */
export async function pullFromLoaded(
  request: SampleRequest,
  loaded: Loaded,
  call: Call,
  host: Host,
): Promise<SampleOutcome> {
  const selection = await selectNodes(loaded, call);
  const known = [...loaded.diagnostics, ...selection.diagnostics];
  try {
    const chosen = new Set(selection.ids.filter((id) => sampledRelation(loaded.graph.nodes.get(id), loaded)));
    if (chosen.size === 0) {
      throw new Problem(error('cli/sample-nothing', 'Nothing is selected that could be sampled', { hint: whatCan }));
    }
    const { diagnostics, recorded } = await pull(chosen, request, loaded, call, host);
    return { exitCode: recorded ? 0 : 2, diagnostics: [...known, ...diagnostics], recorded };
  } catch (failure) {
    if (failure instanceof Problem) {
      return { exitCode: 2, diagnostics: [...known, ...failure.diagnostics], recorded: undefined };
    }
    if (failure instanceof StatementError && !failure.cancelled) {
      const message = `The warehouse refused to give rows: ${failure.message}`;
      return { exitCode: 1, diagnostics: [...known, error('cli/sample-refused', message)], recorded: undefined };
    }
    throw failure;
  }
}

const whatCan = 'Sources, models and snapshots can be; without --select, all sources are';

async function pull(
  chosen: ReadonlySet<string>,
  request: SampleRequest,
  loaded: Loaded,
  call: Call,
  host: Host,
): Promise<Pick<SampleOutcome, 'diagnostics' | 'recorded'>> {
  const { graph, environment, shelves } = loaded;
  const masking = graph.project.settings.masking ?? [];
  const analysis = await openAnalysis(loaded, call, host);
  const warehouse = await shelves.adapter.connect(environment.target.output, { threads: 1 });
  try {
    const lineage = await readLineage(graph, analysis.analyze);
    const declared = declaredForeignKeys(graph);
    const isPulled = (id: string): boolean => chosen.has(id) || graph.nodes.get(id)?.resource_type === 'source';
    const foreignKeys = liftForeignKeys(declared, lineage, isPulled);
    const masked = maskedColumns(graph, masking, lineage, [...declared, ...foreignKeys]);
    const untold = masking.length === 0 ? [] : untoldLineage(chosen, masked, lineage, loaded);
    if (untold.some(({ severity }) => severity === 'error')) return { diagnostics: untold, recorded: undefined };
    const session = await warehouse.openSession();
    const described = await describeTables(chosen, foreignKeys, loaded, session);
    if (!described.tables.some(({ isChosen }) => isChosen)) {
      return { diagnostics: [...untold, ...described.diagnostics, noTables], recorded: undefined };
    }
    const sampled = await sampleRows(
      { tables: described.tables, foreignKeys, ...request },
      session,
      shelves.adapter.statements,
    );
    const secret = host.env[secretVariable] || host.uuid();
    const { tables, copies } = maskTables(sampled, masked, secret, loaded);
    const isMasked = tables.some(({ columns }) => columns.some((column) => column.masked !== undefined));
    const diagnostics = [...untold, ...described.diagnostics, ...(isMasked ? [] : [notMasked])];
    if (copies.length > 0) return { diagnostics: [...diagnostics, ...copies], recorded: undefined };
    const folder = sampleFolder(graph.project);
    const head = {
      version: 1 as const,
      created_at: environment.startedAt.toISOString(),
      ingot_version: version,
      target: environment.target.name,
      rows: request.rows,
      seed: request.seed,
      masking: [...masking],
    };
    const sample = await record(folder, head, tables, loaded);
    return { diagnostics, recorded: { folder, sample } };
  } finally {
    await analysis.close();
    await warehouse.close();
  }
}

const noTables = error('cli/sample-nothing', 'None of what is selected is in the warehouse: nothing was recorded', {
  hint: '--target names the warehouse; a sample that was there is as it was',
});

const notMasked = warning('cli/sample-not-masked', 'No column is masked: production data is recorded as it is', {
  hint: 'Say in the project file what is masked, for example masking: [{tag: pii, rule: hash}], and give columns the tag',
});

/** Of what is masked by lineage, the lineage has to be known. */
function untoldLineage(
  chosen: ReadonlySet<string>,
  masked: MaskedColumns,
  { unknown }: Lineage,
  { graph }: Loaded,
): readonly Diagnostic[] {
  return [...unknown].flatMap((id) => {
    const node = graph.nodes.get(id);
    if (!node || !('columns' in node)) return [];
    const span = node.origin.definition;
    if (chosen.has(id)) {
      const message = `'${node.name}' is not recorded: nobody can tell which masked columns its own are made of`;
      return [error('cli/sample-lineage', message, { span, hint: 'Leave it out with --exclude' })];
    }
    const own = Object.keys(node.columns).filter((column) => (masked.saidOf(id, column) ?? 'keep') !== 'keep');
    if (own.length === 0) return [];
    const message = `Columns of '${node.name}' are masked, and nobody can tell from which columns they are taken: ${own.join(', ')}`;
    return [warning('cli/sample-lineage', message, { span, hint: 'Tag the columns of its sources as well' })];
  });
}

async function record(
  folder: string,
  head: Parameters<typeof writeSample>[1],
  tables: readonly Omit<WrittenTable, 'written'>[],
  loaded: Loaded,
): ReturnType<typeof writeSample> {
  const adapter = await scratchAdapter('could write files of samples');
  const typeOf = await writtenTypes(loaded, adapter);
  const scratch = await adapter.openScratch();
  try {
    const session = await scratch.openSession();
    const written = tables.map((table) => ({
      ...table,
      written: table.columns.map(({ name, type }) => ({ name, type: typeOf(type) })),
    }));
    return await writeSample(folder, head, written, { session, statements: adapter.statements });
  } finally {
    await scratch.close();
  }
}
