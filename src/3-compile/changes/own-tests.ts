import {
  type ChangeReason,
  isTest,
  sameJson,
  type TestNode,
  type UnitTestNode,
  unitTestName,
} from '../../core/index.ts';
import { differs } from './meaning.ts';
import { type Comparison, compareCode, sameIngredients } from './own-code.ts';

/** Tests that are new, gone or other than they were. */
export interface TestFindings {
  /** Reasons by the node that is tested. */
  readonly reasons: ReadonlyMap<string, readonly ChangeReason[]>;
  /** Those of the head. */
  readonly changed: readonly string[];
}

type AnyTest = TestNode | UnitTestNode;

export async function findTestChanges(comparison: Comparison): Promise<TestFindings> {
  const { base, head } = comparison;
  const reasons = new Map<string, ChangeReason[]>();
  const changed: string[] = [];
  const add = (test: AnyTest, what: string): void => {
    const id = testedBy(test);
    const part = test.resource_type;
    const name = test.resource_type === 'unit_test' ? unitTestName(test) : test.name;
    const text = `The ${part === 'test' ? 'test' : 'unit test'} ${name} is ${what}`;
    if (id === undefined) return;
    const known = reasons.get(id) ?? [];
    reasons.set(id, known);
    known.push({ part, class: 'none', text, ...(what === 'gone' ? {} : { span: test.origin.definition }) });
  };
  for (const id of head.graph.order) {
    const node = head.graph.nodes.get(id);
    if (!isTest(node)) continue;
    const before = base.graph.nodes.get(id);
    const what = !isTest(before) ? 'new' : (await isOther(before, node, comparison)) ? 'another' : undefined;
    if (what === undefined) continue;
    changed.push(id);
    add(node, what);
  }
  for (const node of base.graph.nodes.values()) {
    if (isTest(node) && !head.graph.nodes.has(node.unique_id)) add(node, 'gone');
  }
  return { reasons, changed };
}

function testedBy(test: AnyTest): string | undefined {
  if (test.resource_type === 'test' && test.attached_node) return test.attached_node;
  return test.depends_on.nodes[0];
}

const settings = ['severity', 'where', 'limit', 'fail_calc', 'warn_if', 'error_if', 'enabled'] as const;

async function isOther(before: AnyTest, after: AnyTest, comparison: Comparison): Promise<boolean> {
  if (before.resource_type === 'unit_test' || after.resource_type === 'unit_test') {
    if (before.resource_type !== after.resource_type) return true;
    const content = ({ given, expect, overrides, sequence, same_as_full_refresh: same }: UnitTestNode): unknown => [
      given,
      expect,
      overrides,
      sequence,
      same,
    ];
    return !sameJson(content(before as UnitTestNode), content(after as UnitTestNode));
  }
  const settingsOf = ({ config }: TestNode): unknown => settings.map((name) => config[name] ?? null);
  if (!sameJson(settingsOf(before), settingsOf(after))) return true;
  const { test_metadata: then } = before;
  const { test_metadata: now } = after;
  if (!sameJson(then?.kwargs, now?.kwargs)) return true;
  if (sameIngredients(before, after, comparison)) return false;
  const code = await compareCode(before, after, comparison);
  return code.kind === 'unknown' || (code.kind === 'meaning' && differs(code.difference));
}
