import {
  bindArguments,
  type CallSite,
  Dict,
  HostObject,
  hostFunction,
  OneShot,
  type Result,
  repr,
  str,
  TemplateError,
  Tuple,
  type Value,
} from '../../jinja/index.ts';
import { MatchValue } from './match-value.ts';
import { compilePattern, flagBits, type Pattern } from './pattern.ts';

type Operation = (pattern: Pattern, args: readonly (Value | undefined)[], site: CallSite) => Result;

/** What is done with a pattern; the parameters behind the pattern. */
const operations: Readonly<Record<string, { readonly parameters: readonly string[]; readonly run: Operation }>> = {
  match: { parameters: ['string'], run: (pattern, [text]) => anchored(pattern, subject(text), false) },
  fullmatch: { parameters: ['string'], run: (pattern, [text]) => anchored(pattern, subject(text), true) },
  search: { parameters: ['string'], run: (pattern, [text]) => first(pattern, subject(text)) },
  findall: { parameters: ['string'], run: (pattern, [text]) => all(pattern, subject(text)).map(foundValue) },
  finditer: {
    parameters: ['string'],
    run: (pattern, [text]) => new OneShot(all(pattern, subject(text)).map((match) => new MatchValue(match, pattern))),
  },
  sub: { parameters: ['repl', 'string', 'count='], run: (pattern, args, site) => substitute(pattern, args, site)[0] },
  subn: {
    parameters: ['repl', 'string', 'count='],
    run: (pattern, args, site) => new Tuple(substitute(pattern, args, site)),
  },
  split: { parameters: ['string', 'maxsplit='], run: (pattern, args) => split(pattern, args) },
};

/** Python's `re` module. */
export function reModule(): Dict {
  const functions = Object.entries(operations).map(([name, { parameters, run }]): [Value, Value] => [
    name,
    hostFunction(name, (args, kwargs, site) => {
      const [given, ...rest] = bindArguments(name, ['pattern', ...parameters, 'flags='], args, kwargs);
      return run(patternOf(given ?? null, rest[parameters.length]), rest, site);
    }),
  ]);
  const compile = hostFunction('compile', (args, kwargs) => {
    const [given, flags] = bindArguments('compile', ['pattern', 'flags='], args, kwargs);
    return new PatternValue(patternOf(given ?? null, flags));
  });
  const escapeText = hostFunction('escape', ([text]) => subject(text).replace(/[\s#$&()*+\-.?[\\\]^{|}~]/g, '\\$&'));
  const purge = hostFunction('purge', () => null);
  return Dict.of([
    ...functions,
    ['compile', compile],
    ['escape', escapeText],
    ['purge', purge],
    ...Object.entries(flagBits),
  ]);
}

/** A compiled pattern: the module's functions as methods. */
class PatternValue extends HostObject {
  readonly pattern: Pattern;

  constructor(pattern: Pattern) {
    super();
    this.pattern = pattern;
  }

  override get typeName(): string {
    return 're.Pattern';
  }

  override repr(): string {
    return `re.compile(${repr(this.pattern.source)})`;
  }

  override getAttribute(name: string): Value | undefined {
    if (name === 'pattern') return this.pattern.source;
    if (name === 'flags') return this.pattern.flags;
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (operation === undefined) return undefined;
    return hostFunction(name, (args, kwargs, site) =>
      operation.run(this.pattern, bindArguments(name, operation.parameters, args, kwargs), site),
    );
  }
}

function patternOf(given: Value, flags: Value | undefined): Pattern {
  if (given instanceof PatternValue) return given.pattern;
  if (typeof given !== 'string')
    throw new TemplateError('first argument must be string or compiled pattern', 'TypeError');
  return compilePattern(given, typeof flags === 'number' ? flags : 0);
}

function subject(text: Value | undefined): string {
  if (typeof text === 'string') return text;
  throw new TemplateError(`expected string or bytes-like object, got ${repr(text ?? null)}`, 'TypeError');
}

function first(pattern: Pattern, text: string): Value {
  const match = all(pattern, text).at(0);
  return match === undefined ? null : new MatchValue(match, pattern);
}

function anchored(pattern: Pattern, text: string, whole: boolean): Value {
  const end = whole ? '(?![\\s\\S])' : '';
  const sticky = new RegExp(`(?:${pattern.regExp.source})${end}`, pattern.regExp.flags.replace('g', 'y'));
  const match = sticky.exec(text);
  return match === null ? null : new MatchValue(match, pattern);
}

function all(pattern: Pattern, text: string): RegExpExecArray[] {
  return [...text.matchAll(pattern.regExp)] as RegExpExecArray[];
}

/** What `findall` gives for a match: the whole, the only group, or a tuple of the groups. */
function foundValue(match: RegExpExecArray): Value {
  const [whole, ...groups] = match;
  if (groups.length === 0) return whole;
  const texts = groups.map((group: string | undefined) => group ?? '');
  return texts.length === 1 ? (texts[0] ?? '') : new Tuple(texts);
}

function substitute(
  pattern: Pattern,
  [replacement, given, count]: readonly (Value | undefined)[],
  site: CallSite,
): readonly [string, number] {
  const text = subject(given);
  const most = typeof count === 'number' && count > 0 ? count : Number.POSITIVE_INFINITY;
  let out = '';
  let from = 0;
  let done = 0;
  for (const match of all(pattern, text)) {
    if (done >= most) break;
    out += text.slice(from, match.index) + replace(replacement ?? null, match, pattern, site);
    from = match.index + match[0].length;
    done += 1;
  }
  return [out + text.slice(from), done];
}

function replace(replacement: Value, match: RegExpExecArray, pattern: Pattern, site: CallSite): string {
  const found = new MatchValue(match, pattern);
  if (!(replacement instanceof HostObject)) return found.expand(subject(replacement));
  const result = replacement.call([found], new Map(), site);
  if (result instanceof Promise) throw new TemplateError('A replacement cannot ask the warehouse');
  return str(result);
}

function split(pattern: Pattern, [given, most]: readonly (Value | undefined)[]): Value {
  const text = subject(given);
  const limit = typeof most === 'number' && most > 0 ? most : Number.POSITIVE_INFINITY;
  const parts: Value[] = [];
  let from = 0;
  for (const match of all(pattern, text).slice(0, limit === Number.POSITIVE_INFINITY ? undefined : limit)) {
    parts.push(text.slice(from, match.index), ...match.slice(1).map((group: string | undefined) => group ?? null));
    from = match.index + match[0].length;
  }
  parts.push(text.slice(from));
  return parts;
}
