import { error, Problem, type SourceFiles } from '../../../core/index.ts';
import { needsQuotes, quote } from '../naming.ts';
import { type FileSettings, isCsv } from './file-settings.ts';

/** A column of a table that is filled from files. */
export interface FileColumn {
  readonly name: string;
  readonly type: string;
  /** What is put into it of each record. */
  readonly expression: string;
}

/** What is known of each row beside its fields; the names are those of dbt-external-tables. */
export const fileName = 'metadata_filename';

export const known: readonly FileColumn[] = [
  { name: fileName, type: 'varchar', expression: 'metadata$filename' },
  { name: 'metadata_file_row_number', type: 'bigint', expression: 'metadata$file_row_number' },
  { name: '_dbt_copied_at', type: 'timestamp_ntz', expression: 'current_timestamp()::timestamp_ntz' },
];

/** Columns for COPY INTO: a source that names none gets each record whole, as `value`. Throws `Problem`. */
export function copiedColumns(files: SourceFiles, settings: FileSettings): readonly FileColumn[] {
  const csv = isCsv(settings);
  if (files.columns.length === 0 && csv) throw new Problem(noColumns(files));
  const whole = { name: 'value', type: 'variant', expression: '$1' };
  const own = files.columns.length === 0 ? [whole] : columnsOf(files, (name, n) => (csv ? `$${n}` : `$1:${name}`));
  return [...own, ...known];
}

/** Columns of an external table, which has `value` by itself. */
export function externalColumns(files: SourceFiles, settings: FileSettings): readonly FileColumn[] {
  const csv = isCsv(settings);
  const own = columnsOf(files, (name, n) => (csv ? `value:c${n}` : `value:${name}`));
  return [...own, { name: fileName, type: 'varchar', expression: 'metadata$filename::varchar' }];
}

function columnsOf(files: SourceFiles, field: (name: string, number: number) => string): readonly FileColumn[] {
  return files.columns.map(({ name, data_type: type, quote: quoted, expression }, index) => {
    if (type === null) throw new Problem(noType(files, name));
    const value = typeof expression === 'string' ? expression : `${field(pathName(name), index + 1)}::${type}`;
    return { name: quoted ? quote(name) : name, type, expression: value };
  });
}

const pathName = (name: string): string => (needsQuotes(name.toUpperCase()) ? quote(name) : name);

const noColumns = ({ sourceId }: SourceFiles) =>
  error('snowflake/external', `${sourceId} has no columns, and its files do not say any`, {
    hint: 'Name the columns in their order, each with its data_type.',
  });

const noType = ({ sourceId }: SourceFiles, column: string) =>
  error('snowflake/external', `The column '${column}' of ${sourceId} has no data_type`);
