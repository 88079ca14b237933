import type { Identifier } from '../tree.ts';
import { foldName } from './fold.ts';
import { type Frame, type Merged, type Source, sourcesNamed, visibleNamed } from './frame.ts';
import { hasMember } from './members.ts';
import { columnsNamed, hasColumnNamed, type RelationColumn } from './relation.ts';
import type { AliasRule, NameRules } from './rules.ts';
import type { Alias, Contents, Local, Scope } from './scope.ts';

/** What a name means. `members` is what is left of it: the way into a structured value. */
export type Meaning =
  | (Found & { readonly members: readonly Identifier[]; readonly scope: Scope; readonly depth: number })
  | { readonly kind: 'ambiguous'; readonly titles: readonly string[] }
  /** Not found, but some table's columns are unknown. */
  | { readonly kind: 'unknown' }
  /** The qualifier is known, but its table has no such column. */
  | { readonly kind: 'no-column'; readonly source: Source; readonly part: Identifier }
  /** Nothing in scope is called like the qualifier. */
  | { readonly kind: 'no-table'; readonly qualifier: readonly Identifier[] }
  | { readonly kind: 'nothing' };

export type Found =
  | { readonly kind: 'column'; readonly column: RelationColumn; readonly source: Source }
  | { readonly kind: 'merged'; readonly merged: Merged }
  /** A column that a relation with unknown columns must have. */
  | { readonly kind: 'unlisted'; readonly source: Source; readonly name: Identifier }
  | { readonly kind: 'row'; readonly source: Source }
  /** Doubtful: where a column comes first, and a table with unknown columns may have one of this name. */
  | {
      readonly kind: 'alias';
      readonly alias: Alias;
      readonly column: RelationColumn & Contents;
      readonly doubtful?: boolean;
    }
  | { readonly kind: 'local'; readonly local: Local };

const none: readonly Identifier[] = [];

type Attempt = Exclude<Meaning, { readonly members: readonly Identifier[] }> | (Found & { readonly used: number });

/** Finds what the parts of a name mean, from the innermost query outwards. */
export function resolve(parts: readonly Identifier[], scope: Scope, rules: NameRules): Meaning {
  const keys = parts.map((part) => foldName(part, rules));
  let failure: Meaning | undefined;
  let depth = 0;
  for (let level: Scope | undefined = scope; level; level = level.outer) {
    const attempt = resolveAt(parts, keys, level, rules, level.outer === undefined);
    if ('used' in attempt) {
      const members = parts.length === attempt.used ? none : parts.slice(attempt.used);
      return withMembers(attempt, members, level, depth);
    }
    if (attempt.kind === 'ambiguous' || attempt.kind === 'unknown') return attempt;
    if (!failure || (failure.kind !== 'no-column' && attempt.kind === 'no-column')) failure = attempt;
    depth += 1;
  }
  return failure ?? { kind: 'nothing' };
}

/** Written out: a spread with members behind it is many times as slow, and every column passes here. */
function withMembers(found: Found, members: readonly Identifier[], scope: Scope, depth: number): Meaning {
  if (found.kind === 'column')
    return { kind: 'column', column: found.column, source: found.source, members, scope, depth };
  return { ...found, members, scope, depth };
}

function resolveAt(
  parts: readonly Identifier[],
  keys: readonly string[],
  scope: Scope,
  rules: NameRules,
  outermost: boolean,
): Attempt {
  const local = scope.locals?.get(keys[0] ?? '');
  if (local) return { kind: 'local', local, used: 1 };
  const called =
    parts.length > 1 && keys[0] === rules.aliasQualifier ? aliasNamed(scope, keys[1] ?? '', rules) : undefined;
  if (called) return { ...called, used: 2 };
  const qualified = parts.length > 1 ? resolveQualified(parts, keys, scope.frame, rules) : undefined;
  if (qualified && qualified.kind !== 'no-column') return qualified;
  if (parts.length === 1 || rules.members) {
    const plain = resolvePlain(parts, keys, scope, rules);
    const worse = qualified
      ? plain.kind === 'unknown' || plain.kind === 'row'
      : !outermost && lacksMember(plain, parts);
    if (plain.kind !== 'nothing' && !worse) return plain;
  }
  if (qualified) return qualified;
  if (parts.length === 1) return { kind: 'nothing' };
  return { kind: 'no-table', qualifier: parts.slice(0, -1) };
}

/** Whether it is a column without such a member: then the name may mean something in a query further out. */
function lacksMember(plain: Attempt, parts: readonly Identifier[]): boolean {
  return plain.kind === 'column' && parts.length > 1 && !hasMember(plain.column.type, parts[1]?.text ?? '');
}

function resolveQualified(
  parts: readonly Identifier[],
  keys: readonly string[],
  frame: Frame,
  rules: NameRules,
): Attempt | undefined {
  let failure: Attempt | undefined;
  for (let length = rules.members ? Math.min(parts.length - 1, 3) : parts.length - 1; length > 0; length -= 1) {
    if (!rules.members && length < parts.length - 1) break;
    const part = parts[length]!;
    const key = keys[length]!;
    const named = sourcesNamed(frame, keys.slice(0, length));
    const having = named.filter(({ relation }) => hasColumnNamed(relation, key));
    const [source] = having;
    if (source) {
      if (having.length > 1) return { kind: 'ambiguous', titles: having.map(({ title }) => title) };
      if (named.length > 1 && named.some(({ relation }) => relation.open)) return { kind: 'unknown' };
      const columns = columnsNamed(source.relation, key);
      if (columns.length > 1) return { kind: 'ambiguous', titles: columns.map(() => `${source.title}.${part.text}`) };
      return { kind: 'column', column: columns[0]!, source, used: length + 1 };
    }
    const open = named.find(({ relation }) => relation.open);
    if (open) return { kind: 'unlisted', source: open, name: part, used: length + 1 };
    if (named[0]) failure ??= { kind: 'no-column', source: named[0], part };
  }
  return failure;
}

function resolvePlain(parts: readonly Identifier[], keys: readonly string[], scope: Scope, rules: NameRules): Attempt {
  const [name] = parts;
  const [key = ''] = keys;
  if (!name) return { kind: 'nothing' };
  const rule = aliasRule(scope, rules, key);
  const first = rule === 'alias-first' ? aliasNamed(scope, key, rules) : undefined;
  if (first) return first;
  const visible = visibleNamed(scope.frame, key);
  if (visible.length > 1) {
    const titles = visible.map((one) => (one.kind === 'column' ? `${one.source.title}.${name.text}` : name.text));
    return { kind: 'ambiguous', titles };
  }
  const [sole] = visible;
  if (sole?.kind === 'column') return { kind: 'column', column: sole.column, source: sole.source, used: 1 };
  if (sole) return { kind: 'merged', merged: sole.merged, used: 1 };
  const open = scope.frame.sources.filter(({ relation, hidden }) => relation.open && !hidden);
  // Not before: an alias may be made of the column that it hides from others.
  const alias = rule === 'column-first' ? aliasBehind(scope, key, rules, open.length > 0) : undefined;
  if (alias) return alias;
  if (open.length > 1) return { kind: 'unknown' };
  const row = rules.rows ? sourcesNamed(scope.frame, [key])[0] : undefined;
  if (row && row.path.at(-1) === key) return { kind: 'row', source: row, used: 1 };
  return open[0] ? { kind: 'unlisted', source: open[0], name, used: 1 } : { kind: 'nothing' };
}

function aliasRule(scope: Scope, rules: NameRules, key: string): AliasRule {
  const { clause } = scope;
  if (clause === 'from' || clause === 'match' || clause === 'limit' || clause === 'values') return 'never';
  const rule = rules.aliases[clause];
  if (rule !== 'grouped-column-first') return rule;
  return scope.level.grouped.has(key) ? 'column-first' : 'alias-first';
}

/** With unknown columns around, an alias that is given further on is hardly meant. */
function aliasBehind(scope: Scope, key: string, rules: NameRules, doubtful: boolean): ReturnType<typeof aliasNamed> {
  if (!doubtful) return aliasNamed(scope, key, rules);
  const position = scope.aliases?.get(key)?.position ?? 0;
  const alias =
    position < (scope.aliasesBefore ?? Number.POSITIVE_INFINITY) ? aliasNamed(scope, key, rules) : undefined;
  return alias && { ...alias, doubtful };
}

function aliasNamed(
  scope: Scope,
  key: string,
  rules: NameRules,
): (Found & { readonly kind: 'alias'; readonly used: number }) | undefined {
  const alias = scope.aliases?.get(key);
  if (!alias) return undefined;
  const seen = rules.forwardAliases || alias.position < (scope.aliasesBefore ?? Number.POSITIVE_INFINITY);
  const column = seen ? alias.column() : undefined;
  return column ? { kind: 'alias', alias, column, used: 1 } : undefined;
}
