import { noLineage, startFlow } from '../lineage/index.ts';
import { type Frame, findTable, foldName, type Relation, storedName, tableNames } from '../names/index.ts';
import type { Table, TimeTravel } from '../tree.ts';
import { integerType } from '../types/index.ts';
import { aliased } from './aliased.ts';
import { type Context, type FromScope, report } from './context.ts';
import { meant } from './meant.ts';
import { knownRelation, openRelation } from './relations.ts';

/** A table by its name: a common table, or one of the schema. */
export function tableFrame(context: Context, table: Table, around: FromScope): Frame {
  readTravel(context, table, around);
  const { rules } = context;
  const relation = withOrdinality(table, relationNamed(context, table, around));
  const { alias } = table;
  const own = table.name.parts.filter(({ text }) => text !== '');
  const source = {
    path: alias?.name ? [foldName(alias.name, rules)] : own.map((part) => foldName(part, rules)),
    qualifiable: !alias?.name,
    title: alias?.name?.text ?? own.at(-1)?.text ?? '',
    relation: aliased(context, table.changes ? { ...relation, open: true } : relation, alias),
    nullable: false,
  };
  return { sources: [source], merged: [] };
}

function withOrdinality(table: Table, relation: Relation): Relation {
  if (!table.withOrdinality) return relation;
  const type = integerType(64);
  const ordinality = { name: 'ordinality', key: 'ordinality', named: true, type, nullable: false, lineage: noLineage };
  return { ...relation, columns: [...relation.columns, ordinality] };
}

function relationNamed(context: Context, table: Table, around: FromScope): Relation {
  const { rules } = context;
  const { parts } = table.name;
  if (table.file) return openRelation(context, table.file.value);
  if (table.parameter || parts.length === 0) return { columns: [], open: true };
  const common = parts.length === 1 ? findTable(around.tables, foldName(parts[0]!, rules)) : undefined;
  if (common) {
    around.reads.others.add(common.reads);
    return common.relation;
  }
  const stored = parts.map((part) => storedName(part, rules));
  const found = context.catalog(stored);
  if (found && found !== 'unknown') return knownRelation(context, found);
  if (!found && !isSystemTable(context, table)) reportUnknown(context, table, around);
  return openRelation(context, stored.join('.'));
}

/** Tables of the warehouse itself, and names of files in quotes. */
function isSystemTable(context: Context, { name }: Table): boolean {
  const text = (name.parts.at(-1)?.text ?? '').toLowerCase();
  const first = (name.parts[0]?.text ?? '').toLowerCase();
  const { systemTables } = context.rules;
  return /[./*]/.test(text) || systemTables.some((prefix) => text.startsWith(prefix) || first.startsWith(prefix));
}

function reportUnknown(context: Context, { name }: Table, around: FromScope): void {
  const written = name.parts.map(({ text }) => text).join('.');
  const near = meant(context, written, [...tableNames(around.tables), ...(context.options.tableNames?.() ?? [])]);
  report(context, 'sql/unknown-table', name, `There is no table "${written}".`, near);
}

function readTravel(context: Context, { travel, changes }: Table, around: FromScope): void {
  const { outer, tables, reads, level, before } = around;
  const places: (TimeTravel | undefined)[] = [travel, changes?.from, changes?.to];
  for (const place of places) {
    if (!place || place.value.kind === 'column') continue;
    context.value(place.value, { outer, tables, reads, level, frame: before, clause: 'from' }, startFlow());
  }
}
