import type { Relation } from '../../../core/index.ts';
import { literal, renderRelation } from '../naming.ts';
import { type FileColumn, fileName } from './file-columns.ts';
import { type FileSettings, formatClause } from './file-settings.ts';
import { stageAndPath } from './listed-files.ts';

export function createFileTable(table: Relation, columns: readonly FileColumn[], anew: boolean): string {
  const lines = columns.map(({ name, type }) => `  ${name} ${type}`);
  const head = anew ? 'create or replace table' : 'create table if not exists';
  return `${head} ${renderRelation(table)} (\n${lines.join(',\n')}\n)`;
}

/** What a file has in a table; also the statement that makes others wait, who would load the same files. */
export function deleteFiles(table: Relation, names: readonly string[]): string {
  return `delete from ${renderRelation(table)}\nwhere ${fileName} in (${listed(names)})`;
}

export function countRows(table: Relation, names: readonly string[]): string {
  return `select count(*) from ${renderRelation(table)}\nwhere ${fileName} in (${listed(names)})`;
}

/** What Snowflake remembers of these files is of no interest: their rows have been deleted. */
export function copyFiles(
  table: Relation,
  location: string,
  names: readonly string[],
  columns: readonly FileColumn[],
  settings: FileSettings,
): string {
  const select = columns.map(({ expression }) => `    ${expression}`).join(',\n');
  return [
    `copy into ${renderRelation(table)} (${columns.map(({ name }) => name).join(', ')})`,
    `from (\n  select\n${select}\n  from ${location}\n)`,
    `files = (${listed(names)})`,
    ...formatClause(settings),
    ...(settings.on_error ? [`on_error = ${settings.on_error.toLowerCase()}`] : []),
    'force = true',
  ].join('\n');
}

export function createExternalTable(
  table: Relation,
  location: string,
  columns: readonly FileColumn[],
  settings: FileSettings,
  anew: boolean,
): string {
  const { partitions, auto_refresh: refreshes, pattern, integration, table_format: format } = settings;
  const parts = (partitions ?? []).map(({ name, data_type: type, expression }) => ({ name, type, expression }));
  const lines = [...columns, ...parts].map(({ name, type, expression }) => `  ${name} ${type} as (${expression})`);
  return [
    `create ${anew ? 'or replace ' : ''}external table ${renderRelation(table)} (\n${lines.join(',\n')}\n)`,
    ...(parts.length > 0 ? [`partition by (${parts.map(({ name }) => name).join(', ')})`] : []),
    ...(integration ? [`integration = ${literal(integration)}`] : []),
    `location = ${location}`,
    `auto_refresh = ${refreshes === true}`,
    ...(pattern ? [`pattern = ${literal(pattern)}`] : []),
    ...formatClause(settings),
    ...(format ? [`table_format = ${format}`] : []),
  ].join('\n');
}

/** What a source names and asks to be made, where it is not there. */
export function createPlaces(location: string, settings: FileSettings): readonly string[] {
  const { create_stage: stage, create_file_format: format, file_format: name } = settings;
  const bare = (clauses: string): string => clauses.trim().replace(/^\((.*)\)$/s, '$1');
  return [
    ...(stage ? [`create stage if not exists ${stageAndPath(location).stage}\n${bare(stage)}`] : []),
    ...(format && name ? [`create file format if not exists ${name}\n${bare(format)}`] : []),
  ];
}

export const refreshExternalTable = (table: Relation): string =>
  `alter external table ${renderRelation(table)} refresh`;

const listed = (names: readonly string[]): string =>
  names.length === 1 ? literal(names[0] ?? '') : `\n${names.map((name) => `  ${literal(name)}`).join(',\n')}\n`;
