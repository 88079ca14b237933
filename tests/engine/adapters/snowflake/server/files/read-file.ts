import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { unsupported } from '../errors.ts';
import type { FileFormat } from './file-format.ts';
import type { StagedFile } from './stage.ts';

/** A record of a file. */
export interface FileRow {
  /** `$1`, `$2`…; a record of JSON is all in `$1`. */
  readonly fields: readonly (string | null)[];
  /** Line of the file, from 1. */
  readonly line: number;
}

/** All records of a file, or why it cannot be read. */
export function readFile({ onDisk }: StagedFile, format: FileFormat): FileRow[] {
  const bytes = readFileSync(onDisk);
  const text = (onDisk.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  if (format.type === 'PARQUET') throw unsupported('loading Parquet');
  if (format.type === 'JSON') return jsonRows(text, format);
  return csvRows(text, format).slice(format.skipHeader);
}

/** One value a line, or one array of values. */
function jsonRows(text: string, { stripOuterArray }: FileFormat): FileRow[] {
  if (stripOuterArray && text.trimStart().startsWith('[')) {
    const values = JSON.parse(text) as unknown[];
    return values.map((value, index) => ({ fields: [JSON.stringify(value)], line: index + 1 }));
  }
  return text
    .split('\n')
    .map((line, index) => ({ fields: [line.trim()], line: index + 1 }))
    .filter(({ fields: [first] }) => first !== '');
}

function csvRows(text: string, format: FileFormat): FileRow[] {
  const rows: FileRow[] = [];
  let fields: (string | null)[] = [];
  let line = 1;
  let began = 1;
  const pattern = fieldPattern(format);
  for (let offset = 0; offset < text.length; ) {
    pattern.lastIndex = offset;
    const [whole = '', quoted, bare = '', end = ''] = pattern.exec(text) ?? [];
    fields.push(quoted === undefined ? bareValue(bare, format) : quotedValue(quoted, format));
    offset += whole.length;
    line += (whole.match(/\n/g) ?? []).length;
    if (end === format.delimiter && offset < text.length) continue;
    if (end === format.delimiter) fields.push(bareValue('', format));
    rows.push({ fields, line: began });
    fields = [];
    began = line;
    if (whole === '') break;
  }
  return rows;
}

function fieldPattern({ delimiter, enclosedBy }: FileFormat): RegExp {
  const plain = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const end = `(${plain(delimiter)}|\\r?\\n|$)`;
  const quote = enclosedBy === undefined ? undefined : plain(enclosedBy);
  const quoted = quote === undefined ? '((?!))' : `${quote}((?:[^${quote}]|${quote}${quote})*)${quote}`;
  return new RegExp(`(?:${quoted}|([\\s\\S]*?))${end}`, 'y');
}

const bareValue = (written: string, { trim, nullIf, emptyIsNull }: FileFormat): string | null => {
  const value = trim ? written.trim() : written;
  return (value === '' && emptyIsNull) || nullIf.includes(value) ? null : value;
};

const quotedValue = (written: string, { enclosedBy = '"', nullIf }: FileFormat): string | null => {
  const value = written.replaceAll(enclosedBy + enclosedBy, enclosedBy);
  return nullIf.includes(value) ? null : value;
};
