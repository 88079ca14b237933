import { overridingMacro, sourceRelation, sourceTable, stageOf } from '../1-parse/index.ts';
import {
  DatetimeValue,
  type Diagnostic,
  error,
  freshnessOfQuery,
  freshnessStatement,
  type JsonObject,
  jsonToValue,
  judgeFreshness,
  type MeasuredFreshness,
  messageOf,
  Problem,
  type Relation,
  RelationValue,
  type SourceNode,
  type StepFinished,
  type Table,
  TableValue,
  type Threshold,
  thresholdOf,
  warning,
} from '../core/index.ts';
import { Dict, typeName, type Value } from '../jinja/index.ts';
import type { StepContext } from './context.ts';
import { describeFailure, placedAt } from './failure.ts';
import { noField, staleness, wrongResult } from './freshness-problems.ts';
import { recordedSession } from './recorded-session.ts';

/** Asks a source when its data was loaded, and compares its age with what `freshness:` allows. Never throws. */
export async function runFreshness(source: SourceNode, context: StepContext): Promise<StepFinished> {
  const startedAt = context.now();
  const finished = (
    status: StepFinished['status'],
    diagnostics: readonly Diagnostic[],
    freshness?: MeasuredFreshness,
  ): StepFinished => ({
    kind: 'step-finished',
    at: context.now(),
    nodeId: source.unique_id,
    thread: context.thread,
    status,
    startedAt,
    message: diagnostics.map(({ message }) => message).join('\n'),
    failures: null,
    rowsAffected: null,
    diagnostics,
    freshness,
  });
  try {
    const threshold = thresholdOf(source.freshness) as Threshold;
    const { problems = [], ...measured } = await measure(source, threshold, context);
    const status = judgeFreshness(threshold, measured.ageSeconds);
    for (const one of problems) context.emit(messageOf(placedAt(source, one), context.now(), source.unique_id));
    return finished(status, status === 'pass' ? [] : [staleness(source, status, threshold, measured)], measured);
  } catch (failure) {
    return finished('runtime error', describeFailure(failure, source, undefined, context.graph));
  }
}

const dayOne = DatetimeValue.of({ year: 1, month: 1, day: 1, hour: 0, minute: 0, second: 0, microsecond: 0 });

/** What was measured, and what the warehouse has noted of the way that the data comes. */
interface Measured extends MeasuredFreshness {
  readonly problems?: readonly Diagnostic[];
}

async function measure(source: SourceNode, threshold: Threshold, context: StepContext): Promise<Measured> {
  const noted = await lastLoad(source, context);
  if (noted) return noted;
  const [loaded, taken] = await ask(source, threshold, context);
  const maxLoadedAt = loaded === null ? dayOne : momentOf(loaded, source);
  const snapshottedAt = momentOf(taken, source);
  return {
    maxLoadedAt: inUtc(maxLoadedAt),
    snapshottedAt: inUtc(snapshottedAt),
    ageSeconds: Number(snapshottedAt.utc - maxLoadedAt.utc) / 1_000_000,
  };
}

/** Without a field that says it, the warehouse may know. Undefined: it does not, or need not be asked. */
async function lastLoad(source: SourceNode, context: StepContext): Promise<Measured | undefined> {
  const { session } = context;
  if (source.loaded_at_field !== null || source.loaded_at_query !== null || !session.lastLoad) return undefined;
  const found = await session.lastLoad(
    {
      sourceId: source.unique_id,
      table: sourceTable(source),
      settings: source.external ?? {},
      location: stageOf(source),
    },
    recordedSession(source.unique_id, context),
  );
  const { loadedAt, takenAt, problems } = found;
  const age = loadedAt === null ? undefined : (Date.parse(takenAt) - Date.parse(loadedAt)) / 1000;
  return {
    maxLoadedAt: loadedAt ?? inUtc(dayOne),
    snapshottedAt: takenAt,
    ageSeconds: age ?? (Date.parse(takenAt) - Date.parse(inUtc(dayOne))) / 1000,
    problems,
  };
}

/** The two times of the row that dbt's macros, or those of the project in their place, give. */
async function ask(source: SourceNode, threshold: Threshold, context: StepContext): Promise<readonly Value[]> {
  const { shelves, graph } = context;
  const { statements } = shelves.adapter;
  const relation = sourceRelation(source, graph.project.settings.quoting);
  if (source.loaded_at_query !== null) {
    const query = await renderQuery(source, source.loaded_at_query, relation, context);
    const args = [new RelationValue(relation, statements), query];
    return (
      (await askMacro('collect_freshness_custom_sql', args, source, context)) ??
      rowOf(await queryTable(freshnessOfQuery(query, statements), source, context), source)
    );
  }
  const { loaded_at_field: field } = source;
  if (field === null) throw new Problem(noField(source, shelves.adapter.type));
  const { filter } = threshold;
  return (
    (await askMacro(
      'collect_freshness',
      [new RelationValue(relation, statements), field, filter ?? null],
      source,
      context,
    )) ??
    rowOf(
      await queryTable(freshnessStatement({ relation, loadedAtField: field, filter }, statements), source, context),
      source,
    )
  );
}

function renderQuery(source: SourceNode, query: string, relation: Relation, context: StepContext): Promise<string> {
  const { origin: _, ...fields } = source;
  const node = jsonToValue(fields as unknown as JsonObject);
  const names = new Map<string, Value>([
    ['this', new RelationValue(relation, context.shelves.adapter.statements)],
    ['model', node],
    ['source_node', node],
  ]);
  return context.compiler.render(query, source, context.session, names);
}

/** What a macro of the project finds that stands in the place of dbt's. Undefined: there is none. */
async function askMacro(
  name: string,
  args: readonly Value[],
  source: SourceNode,
  context: StepContext,
): Promise<readonly Value[] | undefined> {
  const { graph, shelves, compiler } = context;
  const macro = overridingMacro(graph.project, name, shelves.adapter.type, source.package_name);
  if (macro === undefined) return undefined;
  const { value } = await compiler.call(macro, source, recordedSession(source.unique_id, context), { args });
  const table = value instanceof Dict ? value.get('table') : value;
  if (table instanceof TableValue) {
    if (!(value instanceof Dict)) warnOfTable(name, source, context);
    return rowOf(table, source);
  }
  throw new Problem(
    error('execute/freshness-result', `The macro '${name}' has to give the result of its statement`, {
      span: macro.span,
      hint: `End it with: {{ return(load_result('${name}')) }}`,
      notes: [{ message: `it gave ${typeName(value)} for '${source.source_name}.${source.name}'` }],
    }),
  );
}

/** dbt took the table alone in earlier versions, and warns of it. */
function warnOfTable(name: string, source: SourceNode, { emit, now }: StepContext): void {
  const message = `The macro '${name}' gives the table of its result; it should give the result itself`;
  const diagnostic = warning('execute/freshness-signature', message, {
    hint: `End it with: {{ return(load_result('${name}')) }}`,
  });
  emit(messageOf(diagnostic, now(), source.unique_id));
}

async function queryTable(sql: string, source: SourceNode, context: StepContext): Promise<TableValue> {
  const table: Table = await recordedSession(source.unique_id, context).query(sql);
  return TableValue.of(table);
}

function rowOf({ rows, columnNames }: TableValue, source: SourceNode): readonly Value[] {
  const [row] = rows;
  if (rows.length === 1 && row !== undefined && columnNames.length === 2) return row;
  const found = `${rows.length} rows of ${columnNames.length} columns`;
  throw new Problem(wrongResult(source, `one row of two columns is needed, but there are ${found}`));
}

function momentOf(value: Value | undefined, source: SourceNode): DatetimeValue {
  if (value instanceof DatetimeValue) return value;
  throw new Problem(wrongResult(source, `a timestamp is needed, but there is ${typeName(value ?? null)}`));
}

const inUtc = (moment: DatetimeValue): string => new DatetimeValue(moment.utc).iso('T', 'microseconds').concat('Z');
