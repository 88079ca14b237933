import { z } from 'zod';
import { error, Problem, type SourceFiles } from '../../../core/index.ts';

const text = z.string().nullish();

/** `external:` of a source, with the words of dbt-external-tables; `materialized`, `on_error`, `pipe`, `create_stage` and `create_file_format` are Ingot's own. */
const shape = z.looseObject({
  materialized: z.enum(['table', 'external_table']).default('table'),
  file_format: text,
  pattern: text,
  on_error: z
    .string()
    .regex(/^(continue|abort_statement|skip_file(_\d+%?)?)$/i)
    .nullish(),
  auto_refresh: z.boolean().nullish(),
  integration: text,
  partitions: z.array(z.looseObject({ name: z.string(), data_type: z.string(), expression: z.string() })).nullish(),
  table_format: text,
  pipe: text,
  infer_schema: z.boolean().nullish(),
  create_stage: text,
  create_file_format: text,
});

export type FileSettings = z.infer<typeof shape>;

/** What a source says of its files. Throws `Problem` for what has no meaning. */
export function fileSettings({ sourceId, settings }: Pick<SourceFiles, 'sourceId' | 'settings'>): FileSettings {
  const parsed = shape.safeParse(Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null)));
  const needsName = ['infer_schema', 'create_file_format'].find((name) => settings[name]);
  if (parsed.success && needsName !== undefined && !hasNamedFormat(parsed.data)) {
    throw new Problem(
      error('snowflake/external', `'external.${needsName}' of ${sourceId} needs a 'file_format' that is a name`),
    );
  }
  if (parsed.success) return parsed.data;
  throw new Problem(
    ...parsed.error.issues.map(({ path, message }) =>
      error('snowflake/external', `'external.${path.join('.')}' of ${sourceId} is not as expected: ${message}`),
    ),
  );
}

const hasNamedFormat = ({ file_format: format }: FileSettings): boolean => /^\s*[^\s(]/.test(format ?? '');

/** A format is written in brackets, or named. */
export function formatClause({ file_format: format }: FileSettings): readonly string[] {
  if (!format) return [];
  const written = format.trim();
  return [`file_format = ${written.startsWith('(') ? written : `(format_name = '${written}')`}`];
}

/** Whether the files have fields that are counted, and none that are named. A format that is only named is taken for one of these. */
export function isCsv({ file_format: format, create_file_format: made }: FileSettings): boolean {
  const type = /\btype\s*=\s*'?(\w+)/i.exec(made ?? format ?? '')?.[1];
  return type === undefined || type.toLowerCase() === 'csv';
}
