import type { ColumnTrace } from '../../3-compile/index.ts';

/** The two halves of a column's lineage; undefined where it was not asked for. */
export interface Lineage {
  readonly up: ColumnTrace | undefined;
  readonly down: ColumnTrace | undefined;
}

/** @param output `text`, `json` or `mermaid`. */
export function lineageText(lineage: Lineage, output: string, nameOf: (id: string) => string): string {
  if (output === 'json') return JSON.stringify(lineage, null, 2);
  return output === 'mermaid' ? mermaid(lineage, nameOf) : trees(lineage, nameOf);
}

function trees({ up, down }: Lineage, nameOf: (id: string) => string): string {
  const parts: string[] = [];
  if (up) parts.push([`${titleOf(up, nameOf)} is made of`, ...branches(up.next, nameOf)].join('\n'));
  if (down) {
    const lines = branches(down.next, nameOf);
    parts.push(
      [`${titleOf(down, nameOf)} ${lines.length === 0 ? 'is read by no model' : 'goes into'}`, ...lines].join('\n'),
    );
  }
  return parts.join('\n\n');
}

function branches(steps: readonly ColumnTrace[], nameOf: (id: string) => string): string[] {
  return steps.flatMap((step, index) => {
    const isLast = index === steps.length - 1;
    const [first, ...rest] = [titleOf(step, nameOf), ...branches(step.next, nameOf)];
    return [`${isLast ? '└─' : '├─'} ${first}`, ...rest.map((line) => `${isLast ? '  ' : '│ '} ${line}`)];
  });
}

function titleOf({ nodeId, column, type, how, repeated }: ColumnTrace, nameOf: (id: string) => string): string {
  const facts = [type, how, repeated ? 'see above' : undefined].filter((fact) => fact !== undefined);
  return `${nameOf(nodeId)}.${column}${facts.length > 0 ? `  (${facts.join(', ')})` : ''}`;
}

/** A flow chart, from sources on the left to what is made of them on the right. */
function mermaid({ up, down }: Lineage, nameOf: (id: string) => string): string {
  const names = new Map<string, string>();
  const edges = new Set<string>();
  const idOf = ({ nodeId, column }: ColumnTrace): string => {
    const name = `${nameOf(nodeId)}.${column}`;
    const id = names.get(name) ?? `c${names.size + 1}`;
    names.set(name, id);
    return id;
  };
  const visit = (step: ColumnTrace, isUp: boolean): void => {
    for (const next of step.next) {
      const [from, to] = isUp ? [next, step] : [step, next];
      edges.add(`  ${idOf(from)} -->|${next.how}| ${idOf(to)}`);
      visit(next, isUp);
    }
  };
  for (const [start, isUp] of [
    [up, true],
    [down, false],
  ] as const) {
    if (!start) continue;
    idOf(start);
    visit(start, isUp);
  }
  return ['flowchart LR', ...[...names].map(([name, id]) => `  ${id}["${name}"]`), ...edges].join('\n');
}
