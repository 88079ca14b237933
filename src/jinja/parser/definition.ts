import type { DefinitionKind, Expression, MacroNode, Parameter, Statement } from '../tree.ts';
import { parseExpression } from './expression.ts';
import type { TokenStream } from './stream.ts';
import { parseTargetName } from './target.ts';

/** dbt's tags that define something, and Jinja's own `macro`. */
export const DEFINITION_TAGS: Record<string, DefinitionKind> = {
  macro: 'macro',
  test: 'test',
  data_test: 'test',
  materialization: 'materialization',
  snapshot: 'snapshot',
  docs: 'docs',
};

/** What a definition needs of the parser that meets it. */
export interface BodyParser {
  readonly stream: TokenStream;
  body(tag: string, ends: readonly string[]): Statement[];
  endOfTag(): number;
}

/** `{% macro x(…) %}` and dbt's relatives, the cursor at the tag's name. */
export function parseDefinition(parser: BodyParser, tag: string, start: number): MacroNode {
  const { stream } = parser;
  stream.next();
  const definition = DEFINITION_TAGS[tag]!;
  const name = parseTargetName(stream);
  let parameters: readonly Parameter[] = [];
  let adapter: string | undefined;
  if (definition === 'macro' || definition === 'test') parameters = parseSignature(stream);
  else if (definition === 'materialization') ({ parameters, adapter } = parseMaterialization(stream, name.name));
  const bodyStart = stream.current.end;
  const body = parser.body(tag, [`end${tag}`]);
  const bodyEnd = stream.previous.start;
  stream.next();
  const fullName = fullNameOf(definition, name.name, adapter);
  const { start: nameStart, end: nameEnd } = name;
  const end = parser.endOfTag();
  return {
    kind: 'macro',
    definition,
    name: name.name,
    fullName,
    adapter,
    nameStart,
    nameEnd,
    parameters,
    body,
    bodyStart,
    bodyEnd,
    start,
    end,
  };
}

function fullNameOf(definition: DefinitionKind, name: string, adapter: string | undefined): string {
  if (definition === 'test') return `test_${name}`;
  return definition === 'materialization' ? `materialization_${name}_${adapter ?? 'default'}` : name;
}

/** `(a, b: string = 1)`: names, dbt's type annotations, defaults. */
export function parseSignature(stream: TokenStream): Parameter[] {
  const parameters: Parameter[] = [];
  stream.expect('(');
  while (!stream.is(')')) {
    if (parameters.length > 0) stream.expect(',');
    const { name, start } = parseTargetName(stream);
    const type = stream.skipIf(':') ? parseType(stream) : undefined;
    const defaultValue = stream.skipIf('=') ? parseExpression(stream) : undefined;
    if (defaultValue === undefined && parameters.at(-1)?.defaultValue !== undefined) {
      stream.fail('non-default argument follows default argument');
    }
    parameters.push({ name, type, defaultValue, start, end: stream.previous.end });
  }
  stream.expect(')');
  return parameters;
}

function parseType(stream: TokenStream): string {
  let type = stream.expect('name').value as string;
  if (stream.skipIf('[')) {
    const inner: string[] = [];
    while (!stream.is(']')) {
      if (inner.length > 0) stream.expect(',');
      inner.push(parseType(stream));
    }
    stream.expect(']');
    type += `[${inner.join(', ')}]`;
  }
  return type;
}

function parseMaterialization(
  stream: TokenStream,
  name: string,
): { parameters: Parameter[]; adapter: string | undefined } {
  let adapter: string | undefined;
  let languages: { value: Expression; start: number } | undefined;
  while (stream.skipIf(',')) {
    const option = parseTargetName(stream);
    if (option.name === 'default') continue;
    if (option.name !== 'adapter' && option.name !== 'supported_languages') {
      stream.fail(`materialization '${name}' received unknown argument '${option.name}'.`, option);
    }
    stream.expect('=');
    const value = parseExpression(stream);
    if (option.name === 'supported_languages') languages = { value, start: option.start };
    else if (value.kind === 'constant' && typeof value.value === 'string') adapter = value.value;
    else stream.fail(`the adapter of materialization '${name}' must be a string`, value);
  }
  const { start, end } = stream.previous;
  const sql: Expression = { kind: 'list', start, end, items: [{ kind: 'constant', start, end, value: 'sql' }] };
  const defaultValue = languages?.value ?? sql;
  const parameter = {
    name: 'supported_languages',
    type: undefined,
    defaultValue,
    start: languages?.start ?? start,
    end,
  };
  return { parameters: [parameter], adapter };
}
