import {
  type AffectedNode,
  changeClasses,
  type NodeChange,
  type ProjectChanges,
  type ReviewedState,
} from '../../core/index.ts';

/** What is other than in an earlier state, for people: the furthest first. */
export function changesText({
  base,
  changes: { nodes, affected },
}: {
  readonly base: ReviewedState;
  readonly changes: ProjectChanges;
}): string {
  const commit = base.commit === undefined ? '' : ` (${base.commit.slice(0, 10)})`;
  const from = `${base.name}${commit}`;
  if (nodes.length === 0) return `Nothing that matters is other than in ${from}.`;
  const lines = [`Compared with ${from}: ${counted(nodes.length, 'changed', affected.length)}`];
  for (const ofClass of changeClasses.toReversed()) {
    const some = nodes.filter((node) => node.class === ofClass);
    const others = affected.filter((node) => node.class === ofClass);
    if (some.length + others.length === 0) continue;
    lines.push('', ofClass, ...some.flatMap(changeLines), ...others.map(affectedLine));
  }
  return lines.join('\n');
}

const counted = (changed: number, word: string, affected: number): string =>
  `${changed} ${changed === 1 ? 'node' : 'nodes'} ${word}, ${affected} affected`;

function changeLines({ name, resourceType, change, reasons, understood, accepted }: NodeChange): string[] {
  const kind = change === 'modified' ? resourceType : `${resourceType}, ${change}`;
  const blind = understood ? '' : ', by its text: its SQL cannot be compared by meaning';
  return [
    `  ${name} (${kind}${blind})`,
    ...reasons.map((reason) => `    ${reason.class}: ${reason.text}`),
    ...(accepted ? [`    accepted until ${accepted.until}: ${accepted.reason}`] : []),
  ];
}

function affectedLine({ name, resourceType, by }: AffectedNode): string {
  const because = by.map(({ id, columns }) => {
    const [, , ...parts] = id.split('.');
    return columns.length === 0 ? parts.join('.') : `${parts.join('.')} (${columns.join(', ')})`;
  });
  return `  ${name} (${resourceType}), affected by ${because.join(', ')}`;
}
