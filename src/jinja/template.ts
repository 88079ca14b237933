import { tokenize } from './lexer.ts';
import { StatementParser } from './parser/statement.ts';
import { TokenStream } from './parser/stream.ts';
import { Source } from './source.ts';
import type { DefinitionKind, MacroNode, Statement } from './tree.ts';

/** A macro, test, materialization, snapshot or docs block that a file defines at its top level. */
export interface Definition {
  readonly kind: DefinitionKind;
  /** The name as written. */
  readonly name: string;
  /** dbt's name for it: `test_x`, `materialization_x_default`, `materialization_x_<adapter>`; else as written. */
  readonly fullName: string;
  /** The adapter of a materialization; undefined for the default one. */
  readonly adapter: string | undefined;
  readonly arguments: readonly DefinitionArgument[];
  /** The name itself. */
  readonly nameStart: number;
  readonly nameEnd: number;
  /** The whole block, from `{%` of the opening to `%}` of the closing tag. */
  readonly start: number;
  readonly end: number;
  /** What is between the tags. */
  readonly bodyStart: number;
  readonly bodyEnd: number;
  readonly source: Source;
  readonly node: MacroNode;
}

export interface DefinitionArgument {
  readonly name: string;
  /** dbt's type annotation, as written. */
  readonly type: string | undefined;
  readonly hasDefault: boolean;
  readonly start: number;
  readonly end: number;
}

/** A parsed template: the tree, and what is defined at its top level. */
export class Template {
  readonly source: Source;
  readonly body: readonly Statement[];
  /**
   * The code compiled for it: by environment, then by flavour. Each template has its own, because what a WeakMap holds
   * lives through the collections of young objects, with the whole tree that it reaches; most templates are rendered once.
   *
   * @internal
   */
  readonly compiled = new Map<object, Map<string, unknown>>();
  private definitions: Definition[] | undefined;

  constructor(source: Source, body: readonly Statement[]) {
    this.source = source;
    this.body = body;
  }

  get file(): string {
    return this.source.file;
  }

  /** The top-level definitions, in the order of the file. */
  get blocks(): readonly Definition[] {
    this.definitions ??= this.body
      .filter((node) => node.kind === 'macro')
      .map((node) => definitionOf(node, this.source));
    return this.definitions;
  }
}

function definitionOf(node: MacroNode, source: Source): Definition {
  const { definition, name, fullName, adapter, nameStart, nameEnd, start, end, bodyStart, bodyEnd } = node;
  const args = node.parameters.map((parameter) => ({
    name: parameter.name,
    type: parameter.type,
    hasDefault: parameter.defaultValue !== undefined,
    start: parameter.start,
    end: parameter.end,
  }));
  return {
    kind: definition,
    name,
    fullName,
    adapter,
    arguments: args,
    nameStart,
    nameEnd,
    start,
    end,
    bodyStart,
    bodyEnd,
    source,
    node,
  };
}

export interface ParseOptions {
  /** The file's name for positions. Default: `<template>`. */
  readonly file?: string;
  /** Parse only this range; positions stay those of the whole text. Default: everything. */
  readonly start?: number;
  readonly end?: number;
}

/**
 * Text → template.
 *
 * @throws TemplateError (TemplateSyntaxError) at the first mistake.
 */
export function parseTemplate(text: string, options: ParseOptions = {}): Template {
  return parseSource(new Source(text, options.file ?? '<template>'), options.start, options.end);
}

/** As `parseTemplate`, for a text that already has its Source. */
export function parseSource(source: Source, start?: number, end?: number): Template {
  return new Template(source, new StatementParser(new TokenStream(source, tokenize(source, start, end))).parse());
}

/** The text of a block as dbt's manifest keeps it (`macro_sql`): with the whitespace that its own `-` signs eat. */
export function definitionText(definition: Definition): string {
  const { text } = definition.source;
  let { start, end } = definition;
  if (text[start + 2] === '-') start = text.slice(0, start).trimEnd().length;
  if (text[end - 3] === '-') end += text.length - end - text.slice(end).trimStart().length;
  return text.slice(start, end);
}

/** The text between the tags as dbt takes it for snapshots and docs, with the range that it came from. */
export function definitionBody(definition: Definition): { text: string; start: number; end: number } {
  const { text } = definition.source;
  let { bodyStart: start, bodyEnd: end } = definition;
  if (text[start - 3] === '-') start += text.length - start - text.slice(start).trimStart().length;
  if (text[end + 2] === '-') end = Math.max(start, text.slice(0, end).trimEnd().length);
  return { text: text.slice(start, end), start, end };
}

/** The body of a snapshot or docs block as a template of its own, positions still in the file. */
export function bodyTemplate(definition: Definition): Template {
  const { start, end } = definitionBody(definition);
  return parseSource(definition.source, start, end);
}

/** Whether a text has anything for Jinja to do. dbt leaves texts without any as they are, down to the last newline. */
export function hasMarkup(text: string): boolean {
  return /\{[{%#]|[#}%]\}/.test(text);
}

/** The public name of `parseTemplate`. */
export const parse = parseTemplate;
