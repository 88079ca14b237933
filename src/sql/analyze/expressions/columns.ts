import { type Flow, pour, through } from '../../lineage/index.ts';
import {
  type Found,
  foldName,
  type Meaning,
  memberType,
  resolve,
  type Scope,
  storedName,
  visibleColumns,
} from '../../names/index.ts';
import type { Column, Identifier, PositionalColumn } from '../../tree.ts';
import { type SqlType, typeText, unknownType } from '../../types/index.ts';
import { type Context, report, unlistedLineage, type Value } from '../context.ts';
import { meant } from '../meant.ts';
import { pseudoColumn } from '../pseudo-columns.ts';
import { expandStar } from '../star.ts';
import { type Handlers, unknownValue } from './handler.ts';

export const columns: Handlers<'column' | 'positional-column' | 'star'> = {
  column: (context, node, scope, flow) => {
    const meaning = resolve(node.parts, scope, context.rules);
    if (!('members' in meaning)) return unresolved(context, node, scope, meaning);
    context.meanings.set(node, { found: meaning, depth: meaning.depth, scope: meaning.scope });
    if (meaning.depth > 0) scope.level.outerReads += 1;
    const value = foundValue(context, meaning, meaning.members.length > 0 ? through('computed', flow) : flow);
    if (meaning.kind === 'alias' && meaning.depth === 0) {
      if (meaning.column.aggregates) scope.level.aggregates += 1;
      if (meaning.column.windows) scope.level.windows += 1;
    }
    if (meaning.kind === 'alias' && !meaning.doubtful) checkPlace(context, node, scope, meaning.column);
    return meaning.members.length > 0 ? memberValue(context, value.type, meaning.members) : value;
  },
  'positional-column': positional,
  star: (context, node, scope, flow) => {
    for (const column of expandStar(context, node, scope).columns) pour(column.lineage, through('computed', flow));
    return unknownValue;
  },
};

function foundValue(context: Context, found: Found, flow: Flow): Value {
  switch (found.kind) {
    case 'column':
      pour(found.column.lineage, flow);
      return { type: found.column.type, nullable: found.column.nullable || found.source.nullable };
    case 'merged':
      pour(found.merged.lineage, flow);
      return found.merged;
    case 'alias':
      pour(found.column.lineage, flow);
      return found.column;
    case 'local':
      pour(found.local.lineage, flow);
      return found.local;
    case 'unlisted':
      pour(unlistedLineage(context, found.source.relation, storedName(found.name, context.rules)), flow);
      return unknownValue;
    case 'row': {
      const { columns: fields, open } = found.source.relation;
      for (const column of fields) pour(column.lineage, through('computed', flow));
      return { type: open ? unknownType : { kind: 'struct', fields }, nullable: true };
    }
  }
}

/** What an alias stands for must be allowed at the place where the alias is. */
function checkPlace(
  context: Context,
  node: Column,
  scope: Scope,
  contents: { readonly aggregates: boolean; readonly windows: boolean },
): void {
  const { clause } = scope;
  if (clause !== 'where' && clause !== 'on' && clause !== 'group by' && clause !== 'having') return;
  const name = node.parts[0]?.text ?? '';
  const where = clause.toUpperCase();
  if (contents.aggregates && clause !== 'having') {
    report(context, 'sql/aggregate-in-where', node, `"${name}" is an aggregate, which ${where} cannot hold.`);
  } else if (contents.windows) {
    report(context, 'sql/window-in-where', node, `"${name}" is a window function, which ${where} cannot hold.`);
  }
}

function memberValue(context: Context, type: SqlType, members: readonly Identifier[]): Value {
  let inner = type;
  for (const member of members) {
    const next = memberType(inner, member.text);
    if (!next) {
      const written = typeText(inner, context.dialect);
      const known = inner.kind === 'struct' ? inner.fields.map(({ name }) => name) : [];
      report(
        context,
        'sql/unknown-column',
        member,
        `There is no member "${member.text}" in ${written}.`,
        meant(context, member.text, known),
      );
      return unknownValue;
    }
    inner = next;
  }
  return { type: inner, nullable: true };
}

function unresolved(
  context: Context,
  node: Column,
  scope: Scope,
  meaning: Exclude<Meaning, { readonly members: unknown }>,
): Value {
  if (meaning.kind === 'unknown') return unknownValue;
  const last = node.parts.at(-1)!;
  const written = node.parts.map(({ text }) => text).join('.');
  if (meaning.kind === 'ambiguous') {
    const all = meaning.titles.join(' or ');
    report(
      context,
      'sql/ambiguous-column',
      node,
      `"${written}" is ambiguous: it can be ${all}.`,
      'Say of which table it is.',
    );
    return unknownValue;
  }
  const pseudo = pseudoColumn(context, node.parts, scope);
  if (pseudo) return pseudo;
  if (isMaybeUnnamed(context, last, scope)) return unknownValue;
  if (meaning.kind === 'no-table') {
    const qualifier = meaning.qualifier.map(({ text }) => text).join('.');
    const place = { start: node.start, end: meaning.qualifier.at(-1)?.end ?? node.end };
    const titles = scopesOf(scope).flatMap(({ frame }) => frame.sources.map(({ title }) => title));
    report(
      context,
      'sql/unknown-table',
      place,
      `There is no table "${qualifier}" in this query's FROM.`,
      meant(context, qualifier, titles),
    );
  } else if (meaning.kind === 'no-column') {
    const names = meaning.source.relation.columns.map(({ name }) => name);
    const { part, source } = meaning;
    report(
      context,
      'sql/unknown-column',
      part,
      `"${source.title}" has no column "${part.text}".`,
      meant(context, part.text, names),
    );
  } else {
    report(
      context,
      'sql/unknown-column',
      node,
      `There is no column "${written}" here.`,
      meant(context, written, namesHere(scope)),
    );
  }
  return unknownValue;
}

/** Columns of expressions without alias have names that are only guessed, and so might be what a quoted name means. */
function isMaybeUnnamed(context: Context, name: Identifier, scope: Scope): boolean {
  const plain = /^[A-Za-z_]\w*$/.test(name.text);
  const key = foldName(name, context.rules);
  return scopesOf(scope).some(({ frame }) =>
    frame.sources.some(({ relation }) =>
      relation.columns.some((column) => !column.named && (!plain || /^\w+$/.test(column.key) || column.key === key)),
    ),
  );
}

function scopesOf(scope: Scope): Scope[] {
  const found: Scope[] = [];
  for (let level: Scope | undefined = scope; level; level = level.outer) found.push(level);
  return found;
}

function* namesHere(scope: Scope): Iterable<string> {
  for (const { frame, aliases } of scopesOf(scope)) {
    for (const { relation } of frame.sources) for (const { name } of relation.columns) yield name;
    yield* aliases?.keys() ?? [];
  }
}

function positional(context: Context, node: PositionalColumn, scope: Scope, flow: Flow): Value {
  const { qualifier, position } = node;
  const key = qualifier && foldName(qualifier, context.rules);
  const sources = scope.frame.sources.filter(({ path }) => key === undefined || path.at(-1) === key);
  const open = sources.find(({ relation }) => relation.open);
  if (open) {
    pour(unlistedLineage(context, open.relation, `$${position}`), flow);
    return unknownValue;
  }
  const found = visibleColumns({ ...scope.frame, sources }, false)[position - 1];
  if (!found) return unknownValue;
  const { lineage, type } = found.kind === 'column' ? found.column : found.merged;
  pour(lineage, flow);
  return { type, nullable: true };
}
