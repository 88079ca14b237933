import { TemplateError } from './errors.ts';
import type { Value } from './values.ts';
import { Dict, Tuple } from './values.ts';

/** An argument after binding; undefined only for an optional one that was not given. */
export type Bound = Value | undefined;

function list(names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`);
  if (quoted.length < 3) return quoted.join(' and ');
  return `${quoted.slice(0, -1).join(', ')}, and ${quoted.at(-1)}`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/**
 * The parameters of a host function, method or filter.
 *
 * Each is written as in Python, only without default values: `a` is required, `b=` optional, `*rest` takes what is left
 * (as a tuple), `*` makes the following keyword-only, `**more` takes other keywords (as a dict), and `/` as the last one
 * allows no keywords at all.
 */
export class Signature {
  readonly name: string;
  private readonly names: string[] = [];
  private readonly optional: boolean[] = [];
  private readonly keywordOnly = new Set<string>();
  private readonly rest: boolean;
  private readonly more: boolean;
  private readonly noKeywords: boolean;
  private readonly required: number;
  private readonly positional: number;

  constructor(name: string, parameters: readonly string[]) {
    this.name = name;
    this.more = parameters.some((parameter) => parameter.startsWith('**'));
    this.noKeywords = parameters.includes('/');
    const star = parameters.findIndex((parameter) => /^\*(?!\*)/.test(parameter));
    this.rest = star >= 0 && parameters[star] !== '*';
    for (const [index, parameter] of parameters.entries()) {
      if (parameter.startsWith('*') || parameter === '/') continue;
      const bare = parameter.replace(/=.*$/, '');
      this.names.push(bare);
      this.optional.push(bare !== parameter);
      if (star >= 0 && index > star) this.keywordOnly.add(bare);
    }
    this.positional = this.names.length - this.keywordOnly.size;
    this.required = this.optional.filter((optional, index) => !optional && index < this.positional).length;
  }

  /**
   * The arguments in the order of the named parameters, then the rest tuple and the keyword dict if the signature has
   * them.
   *
   * @throws TemplateError (TypeError) in Python's words for missing, unexpected, duplicate and too many arguments.
   */
  bind(args: readonly Value[], kwargs: ReadonlyMap<string, Value> | undefined): readonly Bound[] {
    const simple =
      !this.rest && !this.more && this.keywordOnly.size === 0 && (kwargs === undefined || kwargs.size === 0);
    if (simple && args.length >= this.required && args.length <= this.positional) return args;
    return this.bindSlowly(args, kwargs ?? new Map());
  }

  private bindSlowly(args: readonly Value[], kwargs: ReadonlyMap<string, Value>): Bound[] {
    if (this.noKeywords && kwargs.size > 0) this.fail('takes no keyword arguments');
    if (args.length > this.positional && !this.rest) this.tooMany(args.length);
    const bound: Bound[] = this.names.map((_, index) => (index < this.positional ? args[index] : undefined));
    const others = new Dict();
    for (const [name, value] of kwargs) {
      const index = this.names.indexOf(name);
      if (index < 0) {
        if (!this.more) this.fail(`got an unexpected keyword argument '${name}'`);
        others.set(name, value);
      } else if (bound[index] !== undefined) this.fail(`got multiple values for argument '${name}'`);
      else bound[index] = value;
    }
    this.checkMissing(bound);
    if (this.rest) bound.push(new Tuple(args.slice(this.positional)));
    if (this.more) bound.push(others);
    return bound;
  }

  private checkMissing(bound: readonly Bound[]): void {
    const missing = this.names.filter((_, index) => bound[index] === undefined && !this.optional[index]);
    if (missing.length === 0) return;
    const kind = missing.every((name) => this.keywordOnly.has(name)) ? 'keyword-only' : 'positional';
    this.fail(`missing ${plural(missing.length, `required ${kind} argument`)}: ${list(missing)}`);
  }

  private tooMany(given: number): never {
    const most = this.positional;
    const takes =
      this.required === most
        ? plural(most, 'positional argument')
        : `from ${this.required} to ${plural(most, 'positional argument')}`;
    this.fail(`takes ${takes} but ${given} ${given === 1 ? 'was' : 'were'} given`);
  }

  private fail(problem: string): never {
    throw new TemplateError(`${this.name}() ${problem}`, 'TypeError');
  }
}

const known = new Map<string, Signature>();

/**
 * Binds the arguments of a host function as Python would.
 *
 * @param name the function's name for messages.
 * @param parameters see `Signature`: `['relation', 'columns=', '**options']`.
 * @returns one entry a named parameter (undefined where an optional one was not given), then the rest tuple and the
 * keyword dict if asked for.
 * @throws TemplateError (TypeError).
 */
export function bindArguments(
  name: string,
  parameters: readonly string[],
  args: readonly Value[],
  kwargs: ReadonlyMap<string, Value>,
): readonly Bound[] {
  const key = `${name} ${parameters.join(' ')}`;
  let signature = known.get(key);
  if (signature === undefined) {
    signature = new Signature(name, parameters);
    known.set(key, signature);
  }
  return signature.bind(args, kwargs);
}
