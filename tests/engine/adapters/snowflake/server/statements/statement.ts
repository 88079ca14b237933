import type { Account, Run } from '../engine/account.ts';
import type { ResultColumn } from '../engine/cells.ts';
import { completeName, type ObjectName, surroundings } from '../engine/resolve.ts';
import type { Outcome } from '../engine/session.ts';
import { SqlError, unsupported } from '../errors.ts';
import type { Cursor } from '../sql/cursor.ts';
import { newUses, type Scope } from '../sql/names.ts';
import { firstToken, type Node } from '../sql/nodes.ts';
import { anyText, type SqlType, wholeNumber } from '../sql/types.ts';

/** Kinds of statements, by the number that the wire gives them. */
export const typeIds = {
  select: 0x1000,
  insert: 0x3100,
  update: 0x3200,
  delete: 0x3300,
  merge: 0x3400,
  control: 0x4000,
  transaction: 0x5000,
  definition: 0x6000,
} as const;

/** Runs one statement whose first words were read already. */
export type Statement = (run: Run, cursor: Cursor) => Promise<Outcome>;

export const scopeOf = (run: Run): Scope => ({
  sql: run.sql,
  around: surroundings(run),
  uses: newUses(),
  ctes: new Map(),
});

/** An answer of one row that says what happened. */
export const status = (message: string, typeId: number = typeIds.definition): Outcome => ({
  columns: [textColumn('status')],
  rows: [[message]],
  typeId,
});

/** An answer of one row with counts. */
export const counts = (values: Readonly<Record<string, number>>, typeId: number): Outcome => ({
  columns: Object.keys(values).map((name) => ({ name, type: wholeNumber, nullable: false })),
  rows: [Object.values(values).map(String)],
  typeId,
});

export const textColumn = (name: string, type: SqlType = anyText): ResultColumn => ({ name, type, nullable: true });

export const nameFrom = (run: Run, cursor: Cursor): ObjectName => completeName(cursor.expectPath(), run.session);

/** The statement's own words between two nodes. */
export function sourceText(run: Run, nodes: readonly Node[]): string {
  const [first] = nodes;
  return first ? run.sql.slice(firstToken(first).start).trim() : '';
}

export function acceptIfExists(cursor: Cursor): boolean {
  return cursor.accept('IF', 'EXISTS');
}

export function acceptIfNotExists(cursor: Cursor): boolean {
  return cursor.accept('IF', 'NOT', 'EXISTS');
}

/** What computes needs a warehouse. */
export function needWarehouse(run: Run): void {
  if (run.session.warehouse !== undefined) return;
  throw new SqlError(
    '000606',
    '57P03',
    "No active warehouse selected in the current session.  Select an active warehouse with the 'use warehouse' command.",
  );
}

/** Ends a refused statement by the words it begins with. */
export function refuse(cursor: Cursor, words: number): never {
  const seen = cursor.nodes.slice(0, words).map((node) => firstToken(node).text.toUpperCase());
  throw unsupported(seen.join(' '));
}

export type { Account };
