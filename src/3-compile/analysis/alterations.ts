import { overridingMacro, type Project } from '../../1-parse/index.ts';
import type { Graph } from '../../2-graph/index.ts';
import { calledMacros, type GraphNode, hooksOf, type NodeConfig } from '../../core/index.ts';
import type { AnalystInput } from './analyst.ts';

/** What makes a table, or is called while it is made, and may put columns into it. */
const building = [
  'create_table_as',
  'get_create_table_as_sql',
  'create_view_as',
  'get_create_view_as_sql',
  'create_csv_table',
  'run_hooks',
  'process_schema_changes',
  'sync_column_schemas',
  'alter_relation_add_remove_columns',
];

/** Whether macros or hooks of the project may have given a node's table other columns than its code says. */
export function mayBeAltered(node: GraphNode, { graph, adapter }: Pick<AnalystInput, 'graph' | 'adapter'>): boolean {
  if (hasOwnBuilding(node.package_name, graph.project, adapter.type)) return true;
  if (alteringText(node, graph) !== undefined) return true;
  // Of those that read it, many are tests, which have no hooks.
  return (graph.children.get(node.unique_id) ?? []).some((id) => {
    const reader = id.startsWith('test.') ? undefined : graph.nodes.get(id);
    const words = reader && alteringText(reader, graph)?.match(/\w+/g);
    return words ? namesOf(node).some((name) => words.includes(name)) : false;
  });
}

/** By the macros of a project: which packages have a macro of {@link building} that is not dbt's. */
const ownBuilding = new WeakMap<Project['macros'], Map<string, boolean>>();

function hasOwnBuilding(packageName: string, project: Project, adapterType: string): boolean {
  const known = ownBuilding.get(project.macros) ?? new Map<string, boolean>();
  ownBuilding.set(project.macros, known);
  const has =
    known.get(packageName) ?? building.some((name) => overridingMacro(project, name, adapterType, packageName));
  known.set(packageName, has);
  return has;
}

function namesOf(node: GraphNode): readonly string[] {
  const { name } = node;
  if ('identifier' in node) return [name, node.identifier];
  return 'alias' in node ? [name, node.alias] : [name];
}

/** What the hooks of a node say, where they or macros that they call change or make tables. */
function alteringText(node: GraphNode, { project }: Graph): string | undefined {
  const { macros } = project;
  if (!('config' in node) || !('depends_on' in node)) return undefined;
  const hooks = hooksOf(node.config as Partial<NodeConfig>);
  if (hooks.length === 0) return undefined;
  const text = hooks.map(({ sql }) => sql).join('\n');
  const called = node.depends_on.macros.filter((id) => text.includes(macros.get(id)?.name ?? '\0'));
  const texts = [text, ...[...calledMacros(called, macros)].map((id) => macros.get(id)?.macro_sql ?? '')];
  return texts.some(alters) ? text : undefined;
}

/** Words that stand in front of a table which is changed or made anew; not those of an index. */
const alters = (text: string): boolean => /\balter\b|\bcreate\b(?!\s+(unique\s+)?index\b)/i.test(text);
