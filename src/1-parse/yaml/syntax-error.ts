import { type Diagnostic, error } from '../../core/index.ts';

/** A syntax error in plain words, at the place of its cause where that can be told, with what to do about it. */
export function syntaxDiagnostic(reason: string, offset: number, text: string, file: string): Diagnostic {
  const at = Math.min(offset, Math.max(0, text.length - 1));
  const cause =
    mergeConflict(text) ??
    longText(text, at) ??
    openQuote(reason, text) ??
    openBracket(reason, text, at) ??
    firstKeyIndented(reason, text, at) ??
    missingColon(reason, text, at) ??
    findCause(text, at);
  if (cause) {
    const { message, start, end, hint } = cause;
    return error('parse/yaml-syntax', message, { span: { file, start, end }, hint });
  }
  const line = lineAround(text, at);
  const start = text[at] === '\n' ? line.start : at;
  const end = Math.max(start + 1, Math.min(line.end, start + 1));
  return error('parse/yaml-syntax', plainWords(reason), { span: { file, start, end }, hint: undefined });
}

interface Cause {
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly hint?: string;
}

interface Line {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Lines that git leaves in a file. */
function mergeConflict(text: string): Cause | undefined {
  const mark = /^<{7} .*/m.exec(text);
  if (!mark || !/^={7}\r?$/m.test(text)) return undefined;
  const hint = 'Keep what is right, and remove the lines with <<<<<<<, ======= and >>>>>>>';
  return {
    message: 'Here is a merge conflict that nobody has resolved',
    start: mark.index,
    end: mark.index + mark[0].trimEnd().length,
    hint,
  };
}

/** A text in quotation marks with keys in its later lines: it was to end in its first one, and took the mark of another for its own. */
function longText(text: string, at: number): Cause | undefined {
  for (const match of text.matchAll(
    /(?<=^[ \t]*(?:- +)?(?:[\w+-]+: +)?)("(?:[^"\\]|\\.)*(?:"|$(?![\s\S]))|'[^']*(?:'|$(?![\s\S])))/gm,
  )) {
    if (match.index > at) return undefined;
    const [first = '', ...others] = match[0].split('\n');
    if (!others.some((line) => /^\s*(- +)?[\w+-]+:(\s|$)/.test(line))) continue;
    const end = match.index + first.trimEnd().length;
    return {
      message: 'The text that starts here is not closed',
      start: match.index,
      end,
      hint: `Close it with ${first[0]}`,
    };
  }
  return undefined;
}

/** The last quotation mark is the one that is never closed. */
function openQuote(reason: string, text: string): Cause | undefined {
  const match = /within a (single|double) quoted scalar/.exec(reason);
  if (match === null) return undefined;
  const start = text.lastIndexOf(match[1] === 'single' ? "'" : '"');
  return { message: 'A quotation mark is opened here and never closed', start, end: start + 1 };
}

/** A bracket that is opened in the line above, or before, and never closed: what follows looks like wrong indentation. */
function openBracket(reason: string, text: string, at: number): Cause | undefined {
  if (!/flow collection|deficient indentation/.test(reason)) return undefined;
  const { start } = lineAround(text, at);
  const opened: number[] = [];
  for (const match of text.slice(0, start).matchAll(/"(?:[^"\\]|\\.)*"|'[^']*'|(?:^|\s)#[^\n]*|\{\{.*?\}\}|[[\]{}]/g)) {
    if (match[0] === '{' || match[0] === '[') opened.push(match.index);
    else if (match[0] === '}' || match[0] === ']') opened.pop();
  }
  const bracket = opened.at(-1);
  if (bracket === undefined) return undefined;
  const closer = text[bracket] === '{' ? '}' : ']';
  const message = `'${text[bracket]}' is opened here and never closed`;
  return { message, start: bracket, end: bracket + 1, hint: `Put a '${closer}' at its end` };
}

/** The parser meets the next colon and takes everything up to there for a key of several lines. */
function missingColon(reason: string, text: string, at: number): Cause | undefined {
  if (!/multiline key|expected ':' after a mapping key|end of the stream or a document/.test(reason)) return undefined;
  const here = lineAround(text, at);
  const above = lineAbove(text, here);
  for (const line of above ? [above, here] : [here]) {
    const match = /^(\s*(?:- +)?)([A-Za-z_][\w-]*)( +\S[^:]*)?$/.exec(line.text);
    const [, indent = '', key, value = ''] = match ?? [];
    if (key === undefined) continue;
    const start = line.start + indent.length;
    return {
      message: `A ':' is missing behind '${key}'`,
      start,
      end: start + key.length,
      hint: `Write: ${key}:${value.trimEnd()}`,
    };
  }
  return undefined;
}

/** The first key of a file decides where the others stand. */
function firstKeyIndented(reason: string, text: string, at: number): Cause | undefined {
  if (!/end of the stream or a document/.test(reason) || /^\s/.test(lineAround(text, at).text)) return undefined;
  const first = /^([ ]+)\S.*/m.exec(text);
  if (!first || text.slice(0, first.index).replaceAll(/#.*/g, '').trim() !== '') return undefined;
  const [, indent = ''] = first;
  return {
    message: `The first key of the file is indented by ${indent.length}, and others further down by 0`,
    start: first.index + indent.length,
    end: first.index + first[0].trimEnd().length,
    hint: 'Keys of one mapping start in the same column',
  };
}

/** The nearest line above that says something. */
function lineAbove(text: string, { start }: Line): Line | undefined {
  for (let end = start - 1; end >= 0; ) {
    const line = lineAround(text, end);
    if (/^\s*[^\s#]/.test(line.text)) return line;
    end = line.start - 1;
  }
  return undefined;
}

/** The usual mistakes; the parser often stops one line below the one that is wrong. */
function findCause(text: string, at: number): Cause | undefined {
  const line = lineAround(text, at);
  const before = line.start > 0 ? lineAround(text, line.start - 1) : undefined;
  const lines = before ? [line, before] : [line];
  for (const recognise of [
    unquotedTemplate,
    tabs,
    badStart,
    missingSpace,
    colonInValue,
    listAfterKey,
    unevenIndent(before),
  ]) {
    for (const candidate of lines) {
      const cause = recognise(candidate);
      if (cause) return cause;
    }
  }
  return undefined;
}

function unquotedTemplate(line: Line): Cause | undefined {
  const match = /(?:^|[:-])\s+(\{\{.*?\}\}.*|\{%.*)$/.exec(line.text);
  const template = match?.[1];
  if (match === null || template === undefined) return undefined;
  const start = line.start + match.index + match[0].length - template.length;
  return {
    message: "A template at the start of a value has to be quoted, since '{' starts a mapping in YAML",
    start,
    end: start + template.length,
    hint: `Write it in quotes: "${template.trimEnd().replaceAll('"', "'")}"`,
  };
}

function tabs(line: Line): Cause | undefined {
  const indent = /^\s*/.exec(line.text)?.[0] ?? '';
  const tab = indent.indexOf('\t');
  if (tab < 0) return undefined;
  return {
    message: 'A tab stands in the indentation, which YAML does not allow',
    start: line.start + tab,
    end: line.start + indent.length,
    hint: 'Indent with spaces',
  };
}

function badStart(line: Line): Cause | undefined {
  const match = /(?:^\s*|[:-]\s+)([@`%])\S*/.exec(line.text);
  if (!match) return undefined;
  const start = line.start + match.index + match[0].indexOf(match[1] ?? '');
  const hint = 'Put the value in quotes';
  return { message: `A value cannot start with '${match[1]}' in YAML`, start, end: start + 1, hint };
}

function missingSpace(line: Line): Cause | undefined {
  const match = /^\s*(?:- +)?([A-Za-z_][\w+-]*):([^\s:/].*)?$/.exec(line.text);
  const [, key, value] = match ?? [];
  if (!match || key === undefined || value === undefined) return undefined;
  const start = line.start + match[0].indexOf(`${key}:`);
  return {
    message: `A space is missing behind '${key}:'`,
    start,
    end: start + key.length + 1,
    hint: `Write: ${key}: ${value}`,
  };
}

function colonInValue(line: Line): Cause | undefined {
  const match = /^(\s*(?:- +)?[\w+-]+:\s+)([^'"[{|>&*#\s].*:(?:\s.*|$))/.exec(line.text);
  if (!match) return undefined;
  const start = line.start + (match[1] ?? '').length;
  return {
    message: "A value with ': ' in it has to be quoted, since a colon and a space start a mapping in YAML",
    start,
    end: line.end,
    hint: `Put it in quotes: "${(match[2] ?? '').trimEnd().replaceAll('"', "'")}"`,
  };
}

function listAfterKey(line: Line): Cause | undefined {
  const match = /^\s*(?:- +)?[\w+-]+:\s+(-(?:\s.*)?)$/.exec(line.text);
  const [, list] = match ?? [];
  if (list === undefined) return undefined;
  const message = 'A list with dashes cannot start in the line of its key';
  return { message, start: line.end - list.length, end: line.end, hint: 'Start it in the next line' };
}

/** A line that is indented a little more or less than the key above it, which has a value already. */
function unevenIndent(before: Line | undefined): (line: Line) => Cause | undefined {
  return (line) => {
    if (before === undefined || line === before || line.text.trim() === '') return undefined;
    const here = line.text.search(/\S/);
    const above = before.text.replace(/^(\s*)-( +)/, '$1 $2').search(/\S/);
    if (here === above || here < 0 || above < 0) return undefined;
    return {
      message: `This line is indented by ${here}, which fits no line above it (the line before: ${above})`,
      start: line.start + here,
      end: line.end,
      hint: 'Keys of one mapping start in the same column',
    };
  };
}

function lineAround(text: string, at: number): Line {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const newline = text.indexOf('\n', at);
  const rawEnd = newline < 0 ? text.length : newline;
  const end = text[rawEnd - 1] === '\r' && rawEnd > start ? rawEnd - 1 : rawEnd;
  return { text: text.slice(start, end), start, end };
}

function plainWords(reason: string): string {
  const known: readonly (readonly [RegExp, string])[] = [
    [/missed comma|deficient indentation/, 'A comma or a closing bracket is missing before this'],
    [/unexpected end of the stream within a flow collection/, 'A bracket is opened and never closed'],
    [
      /bad indentation of a mapping entry/,
      'This does not continue what stands above it: wrong indentation, or a missing quotation mark',
    ],
    [/expected ':' after a mapping key|multiline key/, "A ':' is missing behind a key"],
    [/null byte/, 'The file holds a null byte; is it text?'],
    [/non-printable/, 'The file holds a character that cannot be printed'],
  ];
  for (const [pattern, words] of known) if (pattern.test(reason)) return words;
  return `This is no valid YAML: ${reason}`;
}
