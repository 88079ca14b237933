import { Dict, Float, type Value } from '../../jinja/index.ts';

/**
 * JSON as Python's `json.loads` reads it: ints and floats told apart, integers of any size, `NaN` and `Infinity`.
 *
 * @returns undefined where the text is no JSON.
 */
export function readJson(text: string): Value | undefined {
  const reader: Reader = { text, at: 0 };
  try {
    const value = readValue(reader);
    skipSpace(reader);
    return reader.at === text.length ? value : undefined;
  } catch (failure) {
    if (failure instanceof SyntaxError) return undefined;
    throw failure;
  }
}

interface Reader {
  readonly text: string;
  at: number;
}

const number = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/y;
const string = /"(?:[^"\\\n\r]|\\.)*"/y;
const words = new Map<string, Value>([
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', new Float(Number.NaN)],
  ['Infinity', new Float(Number.POSITIVE_INFINITY)],
  ['-Infinity', new Float(Number.NEGATIVE_INFINITY)],
]);

function readValue(reader: Reader): Value {
  skipSpace(reader);
  const char = reader.text[reader.at];
  if (char === '{') return readObject(reader);
  if (char === '[') return readArray(reader);
  if (char === '"') return readString(reader);
  for (const [word, value] of words) {
    if (!reader.text.startsWith(word, reader.at)) continue;
    reader.at += word.length;
    return value;
  }
  return readNumber(reader);
}

function readNumber(reader: Reader): Value {
  const [digits, fraction, exponent] = match(reader, number);
  if (fraction !== undefined || exponent !== undefined) return new Float(Number(digits));
  return Number.isSafeInteger(Number(digits)) ? Number(digits) : BigInt(digits);
}

function readString(reader: Reader): string {
  return JSON.parse(match(reader, string)[0]) as string;
}

function readArray(reader: Reader): Value {
  const items: Value[] = [];
  readMembers(reader, ']', () => items.push(readValue(reader)));
  return items;
}

function readObject(reader: Reader): Value {
  const dict = new Dict();
  readMembers(reader, '}', () => {
    skipSpace(reader);
    const key = readString(reader);
    expect(reader, ':');
    dict.set(key, readValue(reader));
  });
  return dict;
}

function readMembers(reader: Reader, end: string, readMember: () => void): void {
  reader.at += 1;
  skipSpace(reader);
  if (reader.text[reader.at] === end) {
    reader.at += 1;
    return;
  }
  for (;;) {
    readMember();
    skipSpace(reader);
    if (reader.text[reader.at] === end) break;
    expect(reader, ',');
  }
  reader.at += 1;
}

function expect(reader: Reader, char: string): void {
  skipSpace(reader);
  if (reader.text[reader.at] !== char) throw new SyntaxError(`'${char}' expected`);
  reader.at += 1;
}

function skipSpace(reader: Reader): void {
  while (/[ \t\n\r]/.test(reader.text[reader.at] ?? '')) reader.at += 1;
}

function match(reader: Reader, pattern: RegExp): readonly [string, ...(string | undefined)[]] {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text);
  if (found === null) throw new SyntaxError('no JSON');
  reader.at = pattern.lastIndex;
  return found as unknown as [string, ...(string | undefined)[]];
}
