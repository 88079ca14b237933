import type { ChangeReason, ColumnChange, GraphNode, Span } from '../../core/index.ts';
import type { NodeColumn } from '../analysis/node-analysis.ts';
import type { MeaningDifference } from './meaning.ts';
import { readersOf } from './readers.ts';
import type { Side } from './side.ts';

/** What became of a node's columns, and what that means for those who read them. */
export interface ColumnFindings {
  readonly columns: readonly ColumnChange[];
  readonly reasons: readonly ChangeReason[];
}

interface Columns {
  readonly before: ReadonlyMap<string, NodeColumn>;
  readonly after: ReadonlyMap<string, NodeColumn>;
}

/**
 * The columns of a node whose own code, or declaration, is other.
 *
 * @param difference of its code, column by column.
 */
export async function findColumnChanges(
  node: GraphNode,
  difference: Pick<MeaningDifference, 'rows' | 'values' | 'added' | 'removed' | 'renamed'>,
  base: Side,
  head: Side,
): Promise<ColumnFindings> {
  const id = node.unique_id;
  const known: Columns = { before: await columnsOf(id, base), after: await columnsOf(id, head) };
  const columns: ColumnChange[] = [];
  for (const { kind, from, to } of columnKinds(node, difference, known)) {
    const [then, now] = [
      from === undefined ? undefined : known.before.get(from),
      to === undefined ? undefined : known.after.get(to),
    ];
    columns.push({
      name: now?.name ?? then?.name ?? to ?? from ?? '',
      kind,
      ...(kind === 'renamed' ? { from: then?.name ?? from } : {}),
      before: then?.type,
      after: now?.type,
      readers: from === undefined ? [] : await remaining(id, from, base, head),
    });
  }
  const reasons = columns.map((column): ChangeReason => {
    const span = known.after.get(head.columnKey(column.name))?.span ?? node.origin.definition;
    const isBroken = column.readers.length > 0 && breaks(column);
    const text = isBroken ? `${textOf(column)}; ${readBy(column.readers, base, head)}` : textOf(column);
    return {
      part: 'column',
      class: isBroken ? 'breaking' : column.kind === 'added' ? 'additive' : 'values',
      text,
      span,
    };
  });
  return { columns, reasons };
}

/** What became of a column: by what its name was compared by, and is. */
interface KindOfChange {
  readonly kind: ColumnChange['kind'];
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

function columnKinds(
  { resource_type: resource }: GraphNode,
  { rows, values, added, removed, renamed }: Parameters<typeof findColumnChanges>[1],
  { before, after }: Columns,
): readonly KindOfChange[] {
  const isDeclared = resource === 'source' || resource === 'seed';
  const shared = [...new Set([...after.keys(), ...values])].filter((key) => !added.includes(key));
  return [
    ...removed.map((from): KindOfChange => ({ kind: 'removed', from })),
    ...renamed.map(([from, to]): KindOfChange => ({ kind: 'renamed', from, to })),
    ...added.map((to): KindOfChange => ({ kind: 'added', to })),
    ...shared.flatMap((key): KindOfChange[] => {
      const [then, now] = [before.get(key), after.get(key)];
      const isOther = values.includes(key);
      const hasOtherType = then?.type !== undefined && now?.type !== undefined && then.type !== now.type;
      const isRetyped = hasOtherType && (isOther || isDeclared);
      const mayBeEmpty = then?.nullable === false && now?.nullable === true && (isOther || rows);
      const place = { from: key, to: key };
      return [
        ...(isRetyped
          ? [{ kind: 'retyped', ...place } as const]
          : isOther
            ? [{ kind: 'meaning', ...place } as const]
            : []),
        ...(mayBeEmpty ? [{ kind: 'nullable', ...place } as const] : []),
      ];
    }),
  ];
}

/** Another size of the same type breaks nobody. */
function breaks({ kind, before = '', after = '' }: ColumnChange): boolean {
  const plain = (type: string): string => type.replace(/\([\d, ]+\)$/, '');
  return kind === 'removed' || kind === 'renamed' || (kind === 'retyped' && plain(before) !== plain(after));
}

function textOf({ kind, name, from, before, after }: ColumnChange): string {
  const texts: Readonly<Record<ColumnChange['kind'], string>> = {
    removed: `${name} is gone`,
    renamed: `${from} is called ${name} now`,
    added: `${name} is new`,
    retyped: `${name} was ${before} and is ${after}`,
    meaning: `${name} is worked out in another way`,
    nullable: `${name} may be empty now`,
  };
  return texts[kind];
}

async function columnsOf(id: string, side: Side): Promise<ReadonlyMap<string, NodeColumn>> {
  const { columns } = await side.analyze(id);
  return new Map(columns.map((column) => [side.columnKey(column.name), column]));
}

/** Those who read a column before and are still there, and those who read it now. */
async function remaining(id: string, key: string, base: Side, head: Side): Promise<readonly string[]> {
  const before = (await readersOf(id, key, base)).filter((reader) => head.graph.nodes.has(reader));
  return [...new Set([...before, ...(await readersOf(id, key, head))])];
}

function readBy(ids: readonly string[], base: Side, head: Side): string {
  const names = ids.map((id) => (head.graph.nodes.get(id) ?? base.graph.nodes.get(id))?.name ?? id);
  const shown = names.slice(0, 3).join(', ');
  const all = names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
  return `${all} ${names.length === 1 ? 'reads' : 'read'} it`;
}

/** Where in the head's file the code of a node begins to be other: up to the end of what is. */
export function changedSpan(before: string, after: string, definition: Span): Span {
  if (before === after) return definition;
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const line = after.lastIndexOf('\n', Math.max(start - 1, 0)) + 1;
  const from = line + (/^\s*/.exec(after.slice(line, Math.max(start, line)))?.[0].length ?? 0);
  return {
    file: definition.file,
    start: definition.start + from,
    end: definition.start + Math.max(after.length - end, from),
  };
}
