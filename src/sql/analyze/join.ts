import { filterFlow, pourFilter, startFlow, through, union } from '../lineage/index.ts';
import {
  beside,
  columnsNamed,
  type Frame,
  foldName,
  type Merged,
  type Scope,
  type Visible,
  visibleColumns,
  visibleNamed,
  withNulls,
} from '../names/index.ts';
import type { Identifier, Join } from '../tree.ts';
import { commonType, unknownType } from '../types/index.ts';
import { type Context, type FromScope, report, unlistedLineage } from './context.ts';
import { lateralScope } from './lateral.ts';
import { meant } from './meant.ts';

/** Looks through joins. They lean to the left, so that a long chain is walked and not descended. */
export function readJoin(context: Context, join: Join, around: FromScope): Frame {
  const chain: Join[] = [join];
  for (let { left } = join; left.kind === 'join'; left = left.left) chain.push(left);
  let frame = context.table(chain.at(-1)!.left, around);
  for (const link of chain.reverse()) {
    const right = context.table(link.right, { ...around, before: beside(around.before, frame) });
    frame = joined(context, link, frame, right, around);
  }
  return frame;
}

function joined(context: Context, join: Join, left: Frame, right: Frame, around: FromScope): Frame {
  const { type } = join;
  const { tables, reads, level } = around;
  const sides: readonly [Frame, Frame] = [
    type === 'right' || type === 'full' || type === 'positional' ? withNulls(left) : left,
    type === 'left' || type === 'full' || type === 'positional' ? withNulls(right) : right,
  ];
  const both = beside(...sides);
  const before = around.before.sources.length > 0 ? lateralScope(around) : around.outer;
  for (const condition of [join.on, join.matchCondition]) {
    if (!condition) continue;
    around.later.push((aliases) => {
      const scope: Scope = {
        outer: before,
        tables,
        reads,
        frame: both,
        level,
        clause: 'on',
        ...(aliases && { aliases }),
      };
      context.value(condition, scope, filterFlow(reads, 'join'));
    });
  }
  const names = join.natural ? sharedNames(sides) : (join.using ?? []);
  const merged = names.flatMap((name) => mergedColumn(context, name, join, sides, around) ?? []);
  if (type === 'semi' || type === 'anti') return sides[0];
  if (merged.length === 0) return both;
  const replaced = new Set(merged.map(({ key }) => key));
  return { ...both, merged: [...merged, ...both.merged.filter(({ key }) => !replaced.has(key))] };
}

/** The columns that both sides of a NATURAL join have. */
function sharedNames([left, right]: readonly [Frame, Frame]): Identifier[] {
  const shared = new Map<string, Identifier>();
  for (const one of visibleColumns(left, false)) {
    const { key, name } = one.kind === 'column' ? one.column : one.merged;
    if (visibleNamed(right, key).length === 0) continue;
    shared.set(key, { kind: 'identifier', text: name, quoted: true, start: -1, end: -1 });
  }
  return [...shared.values()];
}

function mergedColumn(
  context: Context,
  name: Identifier,
  join: Join,
  sides: readonly [Frame, Frame],
  around: FromScope,
): Merged | undefined {
  const key = foldName(name, context.rules);
  const found = sides.map((side, index) => sideColumn(context, name, key, side, index === 0 ? 'left' : 'right'));
  const [left, right] = found;
  if (!left || !right) return undefined;
  for (const { lineage } of [left, right]) pourFilter(lineage, around.reads, 'join');
  const members = [...left.members, ...right.members];
  if (join.type === 'right') return { ...right, key, name: left.name, members };
  if (join.type !== 'full') return { ...left, key, members };
  const flow = startFlow();
  const lineage = union([left.lineage, right.lineage]);
  const computed = through('computed', flow);
  for (const [column, how] of lineage) computed.into.set(column, how === 'copied' ? 'computed' : how);
  const type = commonType([left.type, right.type], context.dialect) ?? unknownType;
  return { key, name: left.name, type, nullable: left.nullable && right.nullable, lineage: flow.into, members };
}

/** One side's column of USING. */
function sideColumn(
  context: Context,
  name: Identifier,
  key: string,
  frame: Frame,
  side: 'left' | 'right',
): Merged | undefined {
  const found = visibleNamed(frame, key);
  if (found.length > 1) {
    report(context, 'sql/ambiguous-column', name, `"${name.text}" is ambiguous on the ${side} side of this join.`);
    return undefined;
  }
  if (found[0]) return asMerged(found[0], key);
  const open = frame.sources.filter(({ relation }) => relation.open);
  if (open.length === 0) {
    const near = meant(
      context,
      name.text,
      frame.sources.flatMap(({ relation }) => relation.columns.map((column) => column.name)),
    );
    const message = `There is no column "${name.text}" on the ${side} side of this join.`;
    report(context, 'sql/unknown-column', name, message, near);
    return undefined;
  }
  const [source] = open;
  if (open.length > 1 || !source) return undefined;
  const lineage = unlistedLineage(context, source.relation, name.text);
  const column = { name: name.text, key, named: true, type: unknownType, nullable: true, lineage };
  return { ...column, members: columnsNamed(source.relation, key).length > 0 ? [] : [{ source, column }] };
}

function asMerged(found: Visible, key: string): Merged {
  if (found.kind === 'merged') return found.merged;
  const { column, source } = found;
  const { name, type, lineage } = column;
  return { key, name, type, nullable: column.nullable || source.nullable, lineage, members: [{ source, column }] };
}
