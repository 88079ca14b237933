import { readdirSync, readFileSync } from 'node:fs';

/** A statement and what becomes of it. */
export interface Case {
  readonly file: string;
  readonly line: number;
  /** The page of Snowflake's documentation, or what the group shows. */
  readonly group: string;
  readonly sql: string;
  readonly expected:
    | { readonly kind: 'rows'; readonly rows: readonly string[]; readonly type?: string }
    | { readonly kind: 'refused'; readonly message: string }
    | { readonly kind: 'fails'; readonly message: string }
    | { readonly kind: 'runs' };
}

/**
 * Cases are kept as text: `expression → value :: TYPE`, or a statement with a row a line behind it. `✗ line:column …`
 * is the diagnostic of what is refused, `! …` a part of the message of what fails when it runs.
 */
export function readCases(folder: string): Case[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.cases'))
    .flatMap((file) => readFile(file, readFileSync(`${folder}/${file}`, 'utf8')));
}

function readFile(file: string, text: string): Case[] {
  const found: Case[] = [];
  let group = '';
  for (const [index, line] of text.split('\n').entries()) {
    const last = found.at(-1);
    if (line.startsWith('# ')) group = line.slice(2);
    else if (line.startsWith('→') && last)
      found[found.length - 1] = { ...last, expected: withRow(last, line.slice(2)) };
    else if (line.trim() !== '') found.push({ file, line: index + 1, group, ...readLine(line) });
  }
  return found;
}

function withRow({ expected }: Case, row: string): Case['expected'] {
  return { kind: 'rows', rows: [...(expected.kind === 'rows' ? expected.rows : []), row.trim()] };
}

const statements =
  /^(select|with|insert|update|delete|merge|create|drop|alter|truncate|use|begin|comment|copy|execute)\b/;

function readLine(line: string): Pick<Case, 'sql' | 'expected'> {
  const [, written = line, sign, rest = ''] = /^(.*?) (→|✗|!) ?(.*)$/.exec(line) ?? [];
  const sql = statements.test(written) && !/^(insert|truncate)\(/.test(written) ? written : `select ${written}`;
  if (sign === '✗') return { sql, expected: { kind: 'refused', message: rest } };
  if (sign === '!') return { sql, expected: { kind: 'fails', message: rest } };
  if (sign === undefined) return { sql, expected: { kind: 'runs' } };
  const [value = '', type] = rest.split(/ :: (?=[A-Z])/);
  const row = /^"(.*)"$/.exec(value)?.[1] ?? value;
  return { sql, expected: { kind: 'rows', rows: [row], ...(type ? { type } : {}) } };
}
