import type { Json, ModelNode, Node, TestNode } from '../../core/index.ts';
import { primaryKeyColumns } from './constraints.ts';
import type { Linking } from './linking.ts';

const uniqueTests = new Set(['unique', 'unique_combination_of_columns']);

/** Works out which columns identify a row of each model: from constraints, else from what is tested. */
export function inferPrimaryKeys(linking: Linking, constrained: ReadonlySet<string>): void {
  const tests = new Map<string, TestNode[]>();
  for (const node of linking.nodes.values()) collect(node, tests);
  for (const nodes of linking.disabled.values()) {
    for (const node of nodes) if (node.resource_type === 'test') collect(node, tests);
  }
  for (const node of linking.nodes.values()) {
    if (node.resource_type !== 'model') continue;
    const key = primaryKey(node, constrained.has(node.unique_id), tests.get(node.unique_id));
    if (key.length > 0) (node as { primary_key: readonly string[] }).primary_key = [...key].sort();
  }
}

function collect(node: Node, tests: Map<string, TestNode[]>): void {
  if (node.resource_type !== 'test' || node.attached_node === null || node.test_metadata === null) return;
  const { name } = node.test_metadata;
  if (name !== 'not_null' && !uniqueTests.has(name)) return;
  const known = tests.get(node.attached_node);
  if (known === undefined) tests.set(node.attached_node, [node]);
  else known.push(node);
}

function primaryKey(node: ModelNode, constrained: boolean, tests: readonly TestNode[] | undefined): readonly string[] {
  if (constrained) {
    const ofModel = node.constraints.find((constraint) => constraint.type === 'primary_key');
    if (ofModel) return Array.isArray(ofModel.columns) ? ofModel.columns.map(String) : [];
    const [ofColumn] = primaryKeyColumns(node.columns);
    if (ofColumn !== undefined) return [ofColumn];
  }
  if (tests === undefined) return [];
  const enabled: string[] = [];
  const disabled: string[] = [];
  const filled: string[] = [];
  for (const test of tests) {
    const { name, kwargs } = test.test_metadata ?? { name: '', kwargs: {} };
    const target = name === 'not_null' ? filled : test.config.enabled ? enabled : disabled;
    for (const column of testedColumns(kwargs)) if (!target.includes(column)) target.push(column);
  }
  const both = filled.filter((column) => enabled.includes(column) || disabled.includes(column));
  if (both.length > 0) return both;
  return enabled.length > 0 ? enabled : disabled;
}

function testedColumns(kwargs: { readonly [name: string]: Json }): readonly string[] {
  if (typeof kwargs.column_name === 'string') return [kwargs.column_name];
  const combination = kwargs.combination_of_columns;
  return Array.isArray(combination) ? combination.filter((column): column is string => typeof column === 'string') : [];
}
