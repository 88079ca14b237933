import type { DialectName } from './writing.ts';

/** What is checked of the public API. */
export interface Front {
  parse(sql: string, options: { dialect: DialectName }): Parsed;
  print(node: never, options: { dialect: DialectName }): string;
  analyze(sql: string, options: { dialect: DialectName; schema: typeof schema }): unknown;
}

/** Some of the names that the generator writes; the others are unknown. */
const schema = [
  { name: 't', columns: ['a', 'b', 'c', 'id', 'amount'].map((name) => ({ name, type: 'INT' })) },
  { name: 'u', columns: [{ name: 'a', type: 'VARCHAR' }] },
] as const;

interface Parsed {
  readonly statements: readonly unknown[];
  readonly diagnostics: readonly Problem[];
}

interface Problem {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
}

/** Something that must not be: `kind` groups, `detail` says it. */
export interface Failure {
  readonly kind:
    | 'thrown'
    | 'place'
    | 'diagnostic'
    | 'refused'
    | 'print-thrown'
    | 'print-refused'
    | 'print-differs'
    | 'print-unstable'
    | 'analyze-thrown';
  readonly detail: string;
}

/**
 * Holds one text against what has to be so for every text: nothing is thrown, every place is inside the text, and what
 * is accepted prints to a text that means the same and prints the same. `valid` texts must be accepted.
 */
export function check(front: Front, sql: string, dialect: DialectName, valid: boolean): Failure | undefined {
  let parsed: Parsed;
  try {
    parsed = front.parse(sql, { dialect });
  } catch (error) {
    return { kind: 'thrown', detail: describe(error) };
  }
  const { statements, diagnostics } = parsed;
  const odd = diagnostics.find((one) => isOdd(one, sql));
  if (odd) return { kind: 'diagnostic', detail: JSON.stringify(odd) };
  const error = diagnostics.find(({ severity }) => severity === 'error');
  const misplaced = findMisplaced(statements, sql.length, error === undefined);
  if (misplaced !== undefined) return { kind: 'place', detail: misplaced };
  try {
    front.analyze(sql, { dialect, schema });
  } catch (thrown) {
    return { kind: 'analyze-thrown', detail: describe(thrown) };
  }
  if (error) return valid ? { kind: 'refused', detail: `${error.line}:${error.column} ${error.message}` } : undefined;
  return checkPrint(front, statements, dialect);
}

function checkPrint(front: Front, statements: readonly unknown[], dialect: DialectName): Failure | undefined {
  let printed: string;
  let reparsed: Parsed;
  let again: string;
  const print = (nodes: readonly unknown[]): string =>
    nodes.map((node) => front.print(node as never, { dialect })).join(';\n');
  try {
    printed = print(statements);
    reparsed = front.parse(printed, { dialect });
    again = print(reparsed.statements);
  } catch (error) {
    return { kind: 'print-thrown', detail: describe(error) };
  }
  const error = reparsed.diagnostics.find(({ severity }) => severity === 'error');
  if (error) return { kind: 'print-refused', detail: `${error.message} in: ${printed}` };
  const difference = findDifference(statements, reparsed.statements);
  if (difference !== undefined) return { kind: 'print-differs', detail: `${difference} in: ${printed}` };
  return again === printed ? undefined : { kind: 'print-unstable', detail: `${printed}\nthen: ${again}` };
}

function isOdd({ code, message, start, end, line, column }: Problem, sql: string): boolean {
  const inside = start >= 0 && start <= end && end <= sql.length && line >= 1 && column >= 1;
  return (
    !inside ||
    !code.startsWith('sql/') ||
    message === '' ||
    message.includes('undefined') ||
    message.includes('[object')
  );
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 4).join(' | ') : String(error);
}

/**
 * The path of a node that stands outside its text, or (`strictly`, for what has no errors) outside its parent. Comments
 * belong to statements and stand outside them. What has no errors has no bad nodes either.
 */
function findMisplaced(root: unknown, length: number, strictly: boolean): string | undefined {
  const open: [node: unknown, start: number, end: number, path: string][] = [[root, 0, length, '']];
  for (let next = open.pop(); next; next = open.pop()) {
    const [node, outerStart, outerEnd, path] = next;
    if (typeof node !== 'object' || node === null) continue;
    if (strictly && 'kind' in node && String(node.kind).startsWith('bad-')) return `${node.kind} without an error`;
    const { start = outerStart, end = outerEnd } = node as { start?: number; end?: number };
    const made = start === -1 && end === -1;
    if (!made && (start < outerStart || start > end || end > outerEnd)) {
      return `${path.split('.').slice(-3).join('.')} is at ${start}–${end}, what holds it at ${outerStart}–${outerEnd}`;
    }
    for (const [key, child] of Object.entries(node)) {
      if (key === 'comments') continue;
      const inner = made || !strictly ? [outerStart, outerEnd] : [start, end];
      open.push([child, inner[0] as number, inner[1] as number, `${path}.${key}`]);
    }
  }
  return undefined;
}

/** Of nodes; `place` of comments: between which tokens of a line they stand; `spaced` of a command's tokens. */
const aboutPlace = new Set(['start', 'end', 'place', 'spaced']);

/** What is in parentheses, or the thing itself: they may be put where they change nothing. */
function unwrap(node: unknown): unknown {
  let inner = node;
  while (typeof inner === 'object' && inner !== null && 'kind' in inner && inner.kind === 'parenthesized') {
    inner = (inner as unknown as { readonly expression: unknown }).expression;
  }
  return inner;
}

/** Where two trees differ, places aside; undefined if they do not. */
function findDifference(left: unknown, right: unknown): string | undefined {
  const open: [left: unknown, right: unknown, path: string][] = [[left, right, '']];
  for (let next = open.pop(); next; next = open.pop()) {
    const [one, other, path] = [unwrap(next[0]), unwrap(next[1]), next[2]];
    if (Object.is(one, other)) continue;
    const bothObjects = typeof one === 'object' && typeof other === 'object' && one !== null && other !== null;
    if (!bothObjects)
      return `${path.split('.').slice(-4).join('.')}: ${JSON.stringify(one)?.slice(0, 200)} became ${JSON.stringify(other)?.slice(0, 200)}`;
    for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
      if (aboutPlace.has(key) && typeof (one as Record<string, unknown>)[key] !== 'object') continue;
      open.push([(one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key], `${path}.${key}`]);
    }
  }
  return undefined;
}
