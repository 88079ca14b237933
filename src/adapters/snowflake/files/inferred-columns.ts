import { type Diagnostic, error, Problem, type Session, type SourceFiles, warning } from '../../../core/index.ts';
import { cellsByName } from '../list-relations.ts';
import { literal, needsQuotes, quote, renderRelation } from '../naming.ts';
import { type FileColumn, known } from './file-columns.ts';
import type { FileSettings } from './file-settings.ts';

/** The fields that Snowflake finds in the files themselves, and what is to be said of them. */
export interface Inferred {
  readonly columns: readonly FileColumn[];
  readonly warnings: readonly Diagnostic[];
}

/**
 * Asks which fields files have (`infer_schema: true`). A table that is there keeps its columns: fields that it has none
 * for are left out, and told.
 */
export async function inferredColumns(
  files: SourceFiles,
  settings: FileSettings,
  by: Pick<Session, 'query'>,
): Promise<Inferred> {
  const { location, table, existing, anew } = files;
  const found = await by.query(
    [
      'select column_name, type, expression',
      `from table(infer_schema(location => ${literal(location)}, file_format => ${literal(settings.file_format ?? '')}))`,
      'order by order_id',
    ].join('\n'),
  );
  const fields = found.rows.map(([name, type, expression]): FileColumn => {
    const written = String(name);
    return {
      name: needsQuotes(written.toUpperCase()) ? quote(written) : written,
      type: String(type),
      expression: String(expression),
    };
  });
  if (fields.length === 0) throw new Problem(noFields(files));
  if (!existing || anew) return { columns: [...fields, ...known], warnings: [] };
  const described = await by.query(`describe table ${renderRelation(table)}`);
  const read = cellsByName(described);
  const there = new Set(described.rows.map((row) => read(row, 'name')));
  const isThere = ({ name }: FileColumn): boolean =>
    there.has(name.startsWith('"') ? name.slice(1, -1) : name.toUpperCase());
  const missing = fields.filter((field) => !isThere(field));
  return {
    columns: [...fields.filter(isThere), ...known],
    warnings: missing.length === 0 ? [] : [newFields(files, missing)],
  };
}

const noFields = ({ sourceId, location }: SourceFiles): Diagnostic =>
  error('snowflake/external', `There are no files in ${location} yet to infer the columns of ${sourceId} from`);

const newFields = ({ sourceId }: SourceFiles, fields: readonly FileColumn[]): Diagnostic =>
  warning(
    'snowflake/file-errors',
    `The files of ${sourceId} have fields that its table has not: ${fields.map(({ name }) => name).join(', ')}`,
    { hint: 'They are left out. `--full-refresh` makes the table anew, with them.' },
  );
