import type { Graph } from '../../2-graph/index.ts';
import { type ColumnInfo, type ColumnMasking, type Json, type MaskingRule, stricterRule } from '../../core/index.ts';
import type { ForeignKey } from './foreign-keys.ts';
import { columnKey, type Lineage } from './sample-lineage.ts';

/** What is known of the masking of columns. */
export interface MaskedColumns {
  /** What becomes of the values of a column. */
  ruleOf(nodeId: string, column: string): MaskingRule;
  /** Columns with the same values have one family, and within it the same value is masked by the same. */
  familyOf(nodeId: string, column: string): string;
  /** What the project says itself of a column; undefined where it does not. */
  saidOf(nodeId: string, column: string): MaskingRule | undefined;
}

/**
 * Which columns are masked, and how. What a masked column is copied to or from is masked likewise, and so is what is joined
 * with it by a foreign key; what is computed of one is masked too, unless its own rule says `keep`. Pure.
 */
export function maskedColumns(
  graph: Graph,
  masking: readonly ColumnMasking[],
  lineage: Lineage,
  foreignKeys: readonly ForeignKey[],
): MaskedColumns {
  const { origins } = lineage;
  const families = familiesOf(origins, foreignKeys);
  const said = writtenRules(graph, masking);
  const ofAll = ruleFor(undefined, masking) ?? 'keep';
  // What is made of other columns is masked as they are.
  const isForAll = (column: string): boolean => !said.has(column) && (origins.get(column) ?? []).length === 0;
  const rules = spreadRules(families, origins, said, (column) => (isForAll(column) ? ofAll : undefined));
  return {
    familyOf: (nodeId, column) => families.of(columnKey(nodeId, column)),
    saidOf: (nodeId, column) => said.get(columnKey(nodeId, column)),
    ruleOf(nodeId, column) {
      const own = columnKey(nodeId, column);
      const isMade = graph.nodes.get(nodeId)?.resource_type !== 'source';
      // A column that a table still has and its SQL has no more may hold anything.
      if (isMade && masking.length > 0 && !origins.has(own) && !said.has(own)) return 'null';
      return stricterRule(rules.get(families.of(own)) ?? 'keep', isForAll(own) ? ofAll : 'keep');
    },
  };
}

/** Copies of a column, and what a foreign key joins with it, are one family. */
function familiesOf(origins: Lineage['origins'], foreignKeys: readonly ForeignKey[]): Families {
  const families = new Families();
  for (const [column, from] of origins) {
    for (const origin of from) if (origin.how === 'copied') families.join(column, origin.from);
  }
  for (const { child, parent } of foreignKeys) {
    child.columns.forEach((column, at) => {
      families.join(columnKey(child.nodeId, column), columnKey(parent.nodeId, parent.columns[at] ?? ''));
    });
  }
  return families;
}

/** The rules that columns in YAML have by themselves. */
function writtenRules(graph: Graph, masking: readonly ColumnMasking[]): ReadonlyMap<string, MaskingRule> {
  const said = new Map<string, MaskingRule>();
  for (const node of graph.nodes.values()) {
    if (!('columns' in node)) continue;
    for (const column of Object.values(node.columns)) {
      const rule = ruleFor(column, masking);
      if (rule !== undefined) said.set(columnKey(node.unique_id, column.name), rule);
    }
  }
  return said;
}

/**
 * The strictest rule of each family: of its columns' own, and of what they are made of, along any number of steps.
 *
 * @param otherwise the rule of a column that has none of its own and is made of nothing; undefined for all others.
 */
function spreadRules(
  families: Families,
  origins: Lineage['origins'],
  said: ReadonlyMap<string, MaskingRule>,
  otherwise: (column: string) => MaskingRule | undefined,
): ReadonlyMap<string, MaskingRule> {
  const rules = new Map<string, MaskingRule>();
  const tighten = (column: string, rule: MaskingRule = 'keep'): boolean => {
    const family = families.of(column);
    const before = rules.get(family) ?? 'keep';
    const after = stricterRule(before, rule);
    rules.set(family, after);
    return after !== before;
  };
  for (const [column, rule] of said) tighten(column, rule);
  for (const [column, from] of origins) {
    for (const one of [column, ...from.map((origin) => origin.from)]) tighten(one, otherwise(one));
  }
  for (let changed = true; changed; ) {
    changed = false;
    for (const [column, from] of origins) {
      if (said.get(column) === 'keep') continue;
      for (const origin of from) if (tighten(column, rules.get(families.of(origin.from)))) changed = true;
    }
  }
  return rules;
}

/** The first rule that a column fits; without its description only one for all columns can. */
function ruleFor(column: ColumnInfo | undefined, masking: readonly ColumnMasking[]): MaskingRule | undefined {
  return masking.find(
    ({ tag, meta }) =>
      (tag === undefined || column?.tags.includes(tag)) &&
      Object.entries(meta ?? {}).every(([name, value]) => isSame(column?.meta[name], value)),
  )?.rule;
}

const isSame = (one: Json | undefined, other: Json | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** Sets that are joined to one as soon as two of their members are. */
class Families {
  readonly #parents = new Map<string, string>();

  of(member: string): string {
    let root = member;
    for (let next = this.#parents.get(root); next !== undefined; next = this.#parents.get(root)) root = next;
    if (root !== member) this.#parents.set(member, root);
    return root;
  }

  join(one: string, other: string): void {
    const [left, right] = [this.of(one), this.of(other)];
    if (left !== right) this.#parents.set(left, right);
  }
}
