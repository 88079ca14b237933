import { Dict, HostObject, hostFunction, repr, str, TemplateError, Tuple, type Value } from '../../jinja/index.ts';
import type { Pattern } from './pattern.ts';

/** Python's `re.Match`. */
export class MatchValue extends HostObject {
  readonly #match: RegExpExecArray;
  readonly #pattern: Pattern;

  constructor(match: RegExpExecArray, pattern: Pattern) {
    super();
    this.#match = match;
    this.#pattern = pattern;
  }

  override get typeName(): string {
    return 're.Match';
  }

  override truthy(): boolean {
    return true;
  }

  override repr(): string {
    const [start, end] = this.#range(0);
    return `<re.Match object; span=(${start}, ${end}), match=${repr(this.#match[0])}>`;
  }

  override getItem(key: Value): Value | undefined {
    return this.#group(key);
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case 'group':
        return hostFunction(name, (args) => {
          if (args.length < 2) return this.#group(args[0] ?? 0);
          return new Tuple(args.map((key) => this.#group(key)));
        });
      case 'groups':
        return hostFunction(name, ([fallback]) => new Tuple(this.#groups(fallback ?? null)));
      case 'groupdict':
        return hostFunction(name, ([fallback]) => {
          const entries = Object.entries(this.#match.groups ?? {}) as [string, string | undefined][];
          return Dict.of(entries.map(([key, text]) => [key, text ?? fallback ?? null]));
        });
      case 'start':
      case 'end':
        return hostFunction(name, ([key]) => this.#range(this.#indexOf(key ?? 0))[name === 'start' ? 0 : 1]);
      case 'span':
        return hostFunction(name, ([key]) => new Tuple(this.#range(this.#indexOf(key ?? 0))));
      case 'expand':
        return hostFunction(name, ([template]) => this.expand(str(template ?? null)));
      case 'string':
        return this.#match.input;
      case 'lastindex': {
        const last = this.#groups(null).findLastIndex((group) => group !== null);
        return last < 0 ? null : last + 1;
      }
      default:
        return undefined;
    }
  }

  /** A replacement text with `\1`, `\g<name>` and escapes filled in. */
  expand(template: string): string {
    return template.replace(/\\(?:g<([^>]+)>|(\d{1,2})|(.))/gs, (_, name?: string, digits?: string, char?: string) => {
      const key = name ?? digits;
      if (key !== undefined) {
        const group = this.#group(/^\d+$/.test(key) ? Number(key) : key);
        return group === null ? '' : str(group);
      }
      const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\' };
      return escapes[char ?? ''] ?? `\\${char ?? ''}`;
    });
  }

  #groups(fallback: Value): Value[] {
    return this.#match.slice(1).map((group: string | undefined) => group ?? fallback);
  }

  #group(key: Value): Value {
    if (typeof key === 'string') {
      const groups = this.#match.groups as Record<string, string | undefined> | undefined;
      if (groups === undefined || !Object.hasOwn(groups, key)) throw noSuchGroup();
      return groups[key] ?? null;
    }
    if (typeof key !== 'number' || key < 0 || key >= this.#match.length) throw noSuchGroup();
    return (this.#match[key] as string | undefined) ?? null;
  }

  #indexOf(key: Value): number {
    if (typeof key === 'number') return key;
    const range = this.#match.indices?.groups?.[str(key)];
    const index = range === undefined ? -1 : (this.#match.indices?.indexOf(range) ?? -1);
    return index < 0 ? 0 : index;
  }

  #range(index: number): [number, number] {
    if (index >= this.#match.length) throw noSuchGroup();
    return this.#match.indices?.[index] ?? [-1, -1];
  }

  /** The pattern that found this. */
  get pattern(): Pattern {
    return this.#pattern;
  }
}

function noSuchGroup(): TemplateError {
  return new TemplateError('no such group', 'IndexError');
}
