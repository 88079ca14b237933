import type { Run } from '../engine/account.ts';
import { schemaAt } from '../engine/catalog.ts';
import { completeName } from '../engine/resolve.ts';
import { SqlError, unsupported } from '../errors.ts';
import { isTrue, listOf, nested, type Properties, type Property, textOf } from './properties.ts';

/** How the files of a stage are to be read, with Snowflake's defaults. */
export interface FileFormat {
  readonly type: 'CSV' | 'JSON' | 'PARQUET';
  readonly delimiter: string;
  readonly skipHeader: number;
  /** What texts may stand between; undefined: quotes are letters. */
  readonly enclosedBy: string | undefined;
  readonly nullIf: readonly string[];
  readonly emptyIsNull: boolean;
  readonly trim: boolean;
  readonly stripOuterArray: boolean;
  readonly mayDifferInWidth: boolean;
}

const known = new Set([
  ...['TYPE', 'FORMAT_NAME', 'FIELD_DELIMITER', 'SKIP_HEADER', 'FIELD_OPTIONALLY_ENCLOSED_BY', 'NULL_IF', 'TRIM_SPACE'],
  ...['EMPTY_FIELD_AS_NULL', 'STRIP_OUTER_ARRAY', 'COMPRESSION', 'ERROR_ON_COLUMN_COUNT_MISMATCH', 'ENCODING'],
  ...['RECORD_DELIMITER', 'ESCAPE_UNENCLOSED_FIELD', 'ESCAPE', 'SKIP_BLANK_LINES', 'BINARY_AS_TEXT'],
]);

/** A format by its properties, by its name, or the stage's. */
export function fileFormat(run: Run, given: Property | undefined, ofStage: Properties): FileFormat {
  const written = typeof given === 'string' ? new Map([['FORMAT_NAME', given]]) : nested(given ?? ofStage);
  const name = textOf(written.get('FORMAT_NAME'));
  return formatOf(name === undefined ? written : named(run, name));
}

function named(run: Run, written: string): Properties {
  const name = completeName(written.toUpperCase().split('.'), run.session);
  const found = schemaAt(run.account.catalog, name)?.fileFormats.get(name.name);
  if (found) return found;
  throw new SqlError(
    '002003',
    '02000',
    `SQL compilation error:\nFile format '${written.toUpperCase()}' does not exist or not authorized.`,
  );
}

export function formatOf(properties: Properties): FileFormat {
  for (const name of properties.keys()) if (!known.has(name)) throw unsupported(`file format option ${name}`);
  const type = textOf(properties.get('TYPE'))?.toUpperCase() ?? 'CSV';
  if (type !== 'CSV' && type !== 'JSON' && type !== 'PARQUET') throw unsupported(`file format ${type}`);
  const compression = textOf(properties.get('COMPRESSION'))?.toUpperCase() ?? 'AUTO';
  if (!['AUTO', 'NONE', 'GZIP', 'SNAPPY'].includes(compression)) throw unsupported(`compression ${compression}`);
  const enclosedBy = textOf(properties.get('FIELD_OPTIONALLY_ENCLOSED_BY'));
  return {
    type,
    delimiter: textOf(properties.get('FIELD_DELIMITER')) ?? ',',
    skipHeader: Number(textOf(properties.get('SKIP_HEADER')) ?? 0),
    enclosedBy: enclosedBy === undefined || enclosedBy.toUpperCase() === 'NONE' ? undefined : enclosedBy,
    nullIf: properties.has('NULL_IF') ? listOf(properties.get('NULL_IF')) : ['\\N'],
    emptyIsNull: textOf(properties.get('EMPTY_FIELD_AS_NULL'))?.toUpperCase() !== 'FALSE',
    trim: isTrue(properties.get('TRIM_SPACE')),
    stripOuterArray: isTrue(properties.get('STRIP_OUTER_ARRAY')),
    mayDifferInWidth: textOf(properties.get('ERROR_ON_COLUMN_COUNT_MISMATCH'))?.toUpperCase() === 'FALSE',
  };
}
