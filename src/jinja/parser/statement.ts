import type { CallNode, Expression, FilterNode, ForNode, IfNode, SetBlockNode, Statement, WithNode } from '../tree.ts';
import { DEFINITION_TAGS, parseDefinition, parseSignature } from './definition.ts';
import { parseExpression, parseFilter, parseTuple } from './expression.ts';
import type { TokenStream } from './stream.ts';
import { parseTarget } from './target.ts';

/** One open tag: what may close or continue it. */
interface Level {
  readonly tag: string;
  readonly ends: readonly string[];
  readonly opening: { readonly start: number; readonly end: number };
}

/** The tags of files that dbt never loads from one another. */
const UNAVAILABLE: Record<string, string> = {
  include: 'a template cannot include another one here; call a macro instead',
  import: 'macros need no import here: call them by name, or as package.name',
  from: 'macros need no import here: call them by name, or as package.name',
  extends: 'a template cannot extend another one here',
};

/** Tokens → statements. One instance parses one template. */
export class StatementParser {
  readonly stream: TokenStream;
  private readonly levels: Level[] = [];

  constructor(stream: TokenStream) {
    this.stream = stream;
  }

  parse(): Statement[] {
    return this.statements([]);
  }

  /** Whether the cursor is inside no other tag than the one being read. */
  get atTop(): boolean {
    return this.levels.length <= 1;
  }

  /**
   * The body of a tag, from its closing delimiter to one of the given end tags, whose name is left as current token.
   */
  body(tag: string, ends: readonly string[]): Statement[] {
    const { stream } = this;
    const { opening } = stream;
    stream.skipIf(':');
    stream.expect('block_end');
    this.levels.push({ tag, ends, opening });
    const body = this.statements(ends);
    if (stream.is('eof')) this.unexpectedTag(undefined);
    this.levels.pop();
    return body;
  }

  private statements(ends: readonly string[]): Statement[] {
    const { stream } = this;
    const body: Statement[] = [];
    for (;;) {
      const token = stream.current;
      switch (token.type) {
        case 'eof':
          return body;
        case 'data':
          stream.next();
          body.push({ kind: 'text', start: token.start, end: token.end });
          break;
        case 'variable_begin': {
          stream.next();
          const value = parseTuple(stream);
          stream.expect('variable_end');
          body.push({ kind: 'print', start: token.start, end: stream.previous.end, value });
          break;
        }
        default: {
          stream.expect('block_begin');
          if (stream.is('name') && ends.includes(stream.current.value as string)) return body;
          const statement = this.statement(token.start);
          stream.expect('block_end');
          if (statement !== undefined) body.push(statement);
        }
      }
    }
  }

  /** The statement at the cursor, up to but without its last closing delimiter. `start` is where its tag opens. */
  private statement(start: number): Statement | undefined {
    const { stream } = this;
    if (!stream.is('name')) stream.fail('tag name expected');
    const tag = stream.current.value as string;
    const hint = Object.hasOwn(UNAVAILABLE, tag) ? UNAVAILABLE[tag] : undefined;
    if (hint !== undefined) stream.fail(`the tag '${tag}' is not available: ${hint}`);
    if (Object.hasOwn(DEFINITION_TAGS, tag)) return parseDefinition(this, tag, start);
    const parse = Object.hasOwn(PARSERS, tag) ? PARSERS[tag] : undefined;
    if (parse === undefined) this.unexpectedTag(tag);
    return parse(this, start);
  }

  /** Where the tag ends whose last word was just read: past its delimiter. */
  endOfTag(): number {
    return this.stream.current.end;
  }

  private unexpectedTag(tag: string | undefined): never {
    const level = this.levels.at(-1);
    const parts = [tag === undefined ? 'Unexpected end of template.' : `Encountered unknown tag '${tag}'.`];
    if (level !== undefined) {
      const looking = level.ends.map((end) => `'${end}'`).join(' or ');
      const nested = tag !== undefined && this.levels.some((outer) => outer.ends.includes(tag));
      parts.push(
        nested
          ? `You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for ${looking}.`
          : `Jinja was looking for the following tags: ${looking}.`,
        `The innermost block that needs to be closed is '${level.tag}'.`,
      );
    }
    const ends = level?.ends ?? [];
    this.stream.fail(parts.join(' '), this.stream.current, {
      unknown: tag === undefined ? undefined : { name: tag, known: [...ends, ...tags] },
      hint: this.stream.look().type === '(' ? `Write the call as {{ ${tag}(…) }}, or behind {% do` : undefined,
      related: level && { message: `the '${level.tag}' is opened here`, ...level.opening },
    });
  }
}

type TagParser = (parser: StatementParser, start: number) => Statement | undefined;

const PARSERS: Record<string, TagParser> = {
  set: parseSet,
  if: parseIf,
  for: parseFor,
  with: parseWith,
  call: parseCallBlock,
  filter: parseFilterBlock,
  autoescape: parseAutoescape,
  block: parseBlock,
  do({ stream }, start) {
    stream.next();
    const value = parseTuple(stream);
    return { kind: 'do', start, end: stream.current.end, value };
  },
  print({ stream }, start) {
    stream.next();
    const items: Expression[] = [];
    while (!stream.is('block_end')) {
      if (items.length > 0) stream.expect(',');
      items.push(parseExpression(stream));
    }
    const { end } = stream.current;
    return { kind: 'print', start, end, value: { kind: 'concat', start, end, parts: items } };
  },
  break: loopControl('break'),
  continue: loopControl('continue'),
};

const tags: readonly string[] = [...Object.keys(PARSERS), ...Object.keys(DEFINITION_TAGS)];

function loopControl(action: 'break' | 'continue'): TagParser {
  return ({ stream }, start) => {
    stream.next();
    return { kind: 'loop-control', start, end: stream.current.end, action };
  };
}

function parseSet(parser: StatementParser, start: number): Statement {
  const { stream } = parser;
  stream.next();
  const target = parseTarget(stream, true);
  if (stream.skipIf('=')) {
    const value = parseTuple(stream);
    return { kind: 'set', start, end: stream.current.end, target, value };
  }
  const filter = parseFilter(stream, undefined);
  const body = parser.body('set', ['endset']);
  stream.next();
  return { kind: 'set-block', start, end: parser.endOfTag(), target, filter, body } satisfies SetBlockNode;
}

function parseIf(parser: StatementParser, start: number): IfNode {
  const { stream } = parser;
  const branches: IfNode['branches'][number][] = [];
  let otherwise: readonly Statement[] = [];
  for (let word = 'elif'; word === 'elif'; ) {
    stream.next();
    const test = parseTuple(stream, { conditionals: false });
    branches.push({ test, body: parser.body('if', ['elif', 'else', 'endif']) });
    word = stream.current.value as string;
    if (word === 'else') {
      stream.next();
      otherwise = parser.body('if', ['endif']);
    }
  }
  stream.next();
  return { kind: 'if', start, end: parser.endOfTag(), branches, otherwise };
}

function parseFor(parser: StatementParser, start: number): ForNode {
  const { stream } = parser;
  stream.next();
  const target = parseTarget(stream);
  stream.expectName('in');
  const items = parseTuple(stream, { conditionals: false });
  const test = stream.skipName('if') ? parseExpression(stream) : undefined;
  const recursive = stream.skipName('recursive');
  const body = parser.body('for', ['endfor', 'else']);
  let otherwise: readonly Statement[] = [];
  if (stream.next().value === 'else') {
    otherwise = parser.body('for', ['endfor']);
    stream.next();
  }
  return { kind: 'for', start, end: parser.endOfTag(), target, items, test, recursive, body, otherwise };
}

function parseWith(parser: StatementParser, start: number): WithNode {
  const { stream } = parser;
  stream.next();
  const bindings: WithNode['bindings'][number][] = [];
  while (!stream.is('block_end')) {
    if (bindings.length > 0) stream.expect(',');
    const target = parseTarget(stream);
    stream.expect('=');
    bindings.push({ target, value: parseExpression(stream) });
  }
  const body = parser.body('with', ['endwith']);
  stream.next();
  return { kind: 'with', start, end: parser.endOfTag(), bindings, body };
}

function parseCallBlock(parser: StatementParser, start: number): Statement {
  const { stream } = parser;
  const tag = stream.next();
  const parameters = stream.is('(') ? parseSignature(stream) : [];
  const call = parseExpression(stream);
  if (call.kind !== 'call') stream.fail('expected call', tag);
  const body = parser.body('call', ['endcall']);
  stream.next();
  return { kind: 'call-block', start, end: parser.endOfTag(), call: call as CallNode, parameters, body };
}

function parseFilterBlock(parser: StatementParser, start: number): Statement {
  const { stream } = parser;
  stream.next();
  const filter = parseFilter(stream, undefined, true) as FilterNode;
  const body = parser.body('filter', ['endfilter']);
  stream.next();
  return { kind: 'filter-block', start, end: parser.endOfTag(), filter, body };
}

function parseAutoescape(parser: StatementParser, start: number): Statement {
  const { stream } = parser;
  stream.next();
  parseExpression(stream);
  const body = parser.body('autoescape', ['endautoescape']);
  stream.next();
  return { kind: 'scope', start, end: parser.endOfTag(), body };
}

function parseBlock(parser: StatementParser, start: number): Statement {
  const { stream } = parser;
  stream.next();
  const name = stream.expect('name').value as string;
  stream.skipName('scoped');
  stream.skipName('required');
  const body = parser.body('block', ['endblock']);
  stream.next();
  stream.skipName(name);
  return { kind: 'scope', start, end: parser.endOfTag(), body };
}
