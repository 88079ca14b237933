import { manifestNode } from '../../6-record/index.ts';
import { type GraphNode, type JsonObject, Problem, searchName, unitTestName } from '../../core/index.ts';
import { recordManifest } from '../../pipeline/artifacts.ts';
import { usageProblem } from '../command-line/usage.ts';
import { wordsOf } from '../command-line/values.ts';
import type { OpenAnalysis } from '../engine/analysis.ts';
import type { Loaded } from '../engine/loaded.ts';
import type { ExitCode } from '../engine/outcome.ts';
import type { Session } from '../session.ts';

/** Lists what is selected, sorted by id as dbt does. */
export async function listNodes(session: Session): Promise<ExitCode> {
  const { values } = session.invocation;
  const models = wordsOf(values, 'models');
  refuseMixed(values, models);
  const call = session.call(models.length > 0 ? { select: models, resourceTypes: ['model'] } : {});
  const engine = await session.engine();
  const loaded = await engine.loadProject(call, session.host);
  session.reporter.project(loaded.graph);
  session.reporter.diagnose(loaded.diagnostics);
  if (loaded.diagnostics.some((diagnostic) => diagnostic.severity === 'error')) return 2;
  if (call.writeJson) writeManifestOf(loaded, session);
  const { ids, diagnostics } = await engine.selectNodes(loaded, call, session.host);
  session.reporter.diagnose(diagnostics);
  if (diagnostics.some((diagnostic) => diagnostic.severity === 'error')) return 2;
  const nodes = [...ids].sort().flatMap((id) => loaded.graph.nodes.get(id) ?? []);
  if (nodes.length === 0) session.reporter.say('warn', 'No nodes selected!');
  else if (values.output === 'columns')
    await printColumns(nodes, await engine.openAnalysis(loaded, call, session.host), session);
  else session.reporter.list(nodes.map((node) => printed(node, values)));
  return 0;
}

/** Every column with its type, as far as the SQL tells; `…` stands for columns that it does not tell. */
async function printColumns(nodes: readonly GraphNode[], analysis: OpenAnalysis, { reporter }: Session): Promise<void> {
  try {
    for (const node of nodes) {
      const found = await analysis.analyze(node.unique_id);
      if (!found || !tables.has(node.resource_type)) continue;
      const lines = found.columns.map(({ name, type }) => `${searchName(node)}.${name}${type ? ` ${type}` : ''}`);
      if (!found.complete) lines.push(`${searchName(node)}.…`);
      reporter.list(lines);
    }
  } finally {
    await analysis.close();
  }
}

const tables = new Set(['model', 'seed', 'snapshot', 'source']);

/** As dbt: whoever reads the project leaves its manifest. Little work where nothing has changed since the last time. */
function writeManifestOf(loaded: Loaded, { reporter }: Session): void {
  try {
    recordManifest(loaded);
  } catch (failure) {
    if (!(failure instanceof Problem)) throw failure;
    // A listing from a folder that cannot be written to is still a listing.
    reporter.diagnose(failure.diagnostics.map((diagnostic) => ({ ...diagnostic, severity: 'warning' })));
  }
}

function refuseMixed(values: JsonObject, models: readonly string[]): void {
  if (models.length === 0) return;
  for (const other of ['select', 'resource_types']) {
    if (wordsOf(values, other).length === 0) continue;
    throw usageProblem('flags-together', `--models is not allowed together with --${other.replaceAll('_', '-')}`);
  }
}

function printed(node: GraphNode, values: JsonObject): string {
  switch (values.output) {
    case 'json':
      return pythonJson(chosen(node, wordsOf(values, 'output_keys')));
    case 'name':
      return searchName(node);
    case 'path':
      return node.original_file_path;
    default:
      return selectorOf(node);
  }
}

const selectedByKind = new Set(['exposure', 'metric', 'semantic_model', 'saved_query']);

/** What `--select` finds the node by. */
function selectorOf(node: GraphNode): string {
  if (node.resource_type === 'source') return `source:${node.package_name}.${node.source_name}.${node.name}`;
  if (selectedByKind.has(node.resource_type)) return `${node.resource_type}:${node.package_name}.${node.name}`;
  if (node.resource_type === 'unit_test') return `unit_test:${node.package_name}.${unitTestName(node)}`;
  return node.fqn.join('.');
}

const defaultKeys = new Set([
  'alias',
  'name',
  'package_name',
  'depends_on',
  'tags',
  'config',
  'resource_type',
  'source_name',
  'original_file_path',
  'unique_id',
]);

function chosen(node: GraphNode, keys: readonly string[]): Readonly<Record<string, unknown>> {
  const entry = manifestNode(node);
  if (keys.length === 0) return Object.fromEntries(Object.entries(entry).filter(([key]) => defaultKeys.has(key)));
  const found: Record<string, unknown> = {};
  for (const key of keys) {
    const value = key.includes('.') ? nested(entry, key.split('.')) : entry[key];
    if (value !== undefined && (value !== null || !key.includes('.'))) found[key] = value;
  }
  return found;
}

function nested(value: unknown, path: readonly string[]): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, first)) return undefined;
  return nested((value as Readonly<Record<string, unknown>>)[first], rest);
}

/** JSON with blanks behind `,` and `:`, as scripts that compare lines with dbt's expect it. */
function pythonJson(value: unknown): string {
  return JSON.stringify(value, null, 1)
    .replace(/^ +/gm, '')
    .replace(/([[{])\n/g, '$1')
    .replace(/\n([\]}])/g, '$1')
    .replace(/,\n/g, ', ');
}
