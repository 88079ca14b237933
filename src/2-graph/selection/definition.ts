import type { SelectorDefinition } from '../../1-parse/index.ts';
import {
  type DataPath,
  type Diagnostic,
  didYouMeanHint,
  error,
  isMapping,
  type Json,
  type JsonObject,
  Problem,
  warning,
} from '../../core/index.ts';
import { parseCriterion, parseMethod } from './criterion.ts';
import type { IndirectSelection } from './request.ts';
import type { Specification } from './specification.ts';

/** Keys of a criterion in a selector's dict form. */
const criterionKeys = [
  'method',
  'value',
  'parents',
  'parents_depth',
  'children',
  'children_depth',
  'childrens_parents',
  'indirect_selection',
  'exclude',
];

const indirectSelections: readonly string[] = ['eager', 'cautious', 'buildable', 'empty'];

/** A problem with the way to it in selectors.yml: who has the file finds the place. */
export interface SelectorDiagnostic extends Diagnostic {
  readonly at: DataPath;
  readonly part: 'key' | 'value';
}

/** What a definition may draw on beside its own text. */
export interface Surroundings {
  /** Selectors that stand before this one: only those can be inherited, as in dbt. */
  readonly earlier: readonly string[];
  readonly indirectSelection: IndirectSelection;
  readonly inherit: (name: string) => Specification;
  readonly warnings: SelectorDiagnostic[];
}

/** Reads the definition of one YAML selector, text or dictionaries, into a tree. Throws `Problem` where it is faulty. */
export class DefinitionReader {
  readonly #selector: SelectorDefinition;
  readonly #around: Surroundings;

  constructor(selector: SelectorDefinition, around: Surroundings) {
    this.#selector = selector;
    this.#around = around;
  }

  readRoot(): Specification {
    const { definition, at: entry = [] } = this.#selector;
    const at = [...entry, 'definition'];
    if (isMapping(definition) && ('union' in definition || 'intersection' in definition)) {
      const keys = Object.keys(definition);
      if (keys.length > 1) {
        const message = `only one 'union' or 'intersection' may stand at the top, found ${keys.join(', ')}`;
        throw this.#problem(message, [...at, keys[1] ?? ''], 'key');
      }
    }
    return this.#read(definition, at);
  }

  #read(definition: Json, at: DataPath): Specification {
    if (typeof definition === 'string') return this.#guarded(at, 'value', () => this.#criterionText(definition));
    if (!isMapping(definition)) throw this.#problem(`expected text, a dictionary, 'union' or 'intersection'`, at);
    if ('union' in definition) return this.#group('union', definition.union, [...at, 'union']);
    if ('intersection' in definition) {
      return this.#group('intersection', definition.intersection, [...at, 'intersection']);
    }
    return this.#criterion(definition, at);
  }

  #criterionText(text: string): Specification {
    return parseCriterion(text, this.#around.indirectSelection);
  }

  #group(kind: 'union' | 'intersection', definitions: Json | undefined, at: DataPath): Specification {
    const parts: Specification[] = [];
    let excluded: Specification | undefined;
    let excludes = 0;
    this.#each(kind, definitions, at, (part, place) => {
      if (isMapping(part) && 'exclude' in part) {
        this.#checkExclusion(kind, part, place);
        excludes += 1;
        if (excludes > 1) throw this.#problem(`'${kind}' may have one 'exclude' only`, [...place, 'exclude'], 'key');
        excluded = this.#exclusion(part.exclude, [...place, 'exclude']);
      } else parts.push(this.#read(part, place));
    });
    return without({ kind, parts, indirectSelection: 'eager' }, excluded);
  }

  #criterion(definition: JsonObject, at: DataPath): Specification {
    const keys = Object.keys(definition);
    const [key = ''] = keys;
    if (definition.method === 'selector') return this.#inherited(definition.value, [...at, 'value']);
    const meant = keys.length === 1 ? didYouMeanHint(key, ['union', 'intersection']) : undefined;
    if (meant) {
      throw this.#problem(`'${key}' is neither a method nor a way to combine criteria`, [...at, key], 'key', meant);
    }
    if (keys.length === 1) {
      return this.#guarded([...at, key], 'key', () =>
        this.#fields({ method: key, value: definition[key] ?? null }, at),
      );
    }
    if (!('method' in definition && 'value' in definition)) {
      const message = `expected one key, or 'method' and 'value', but found ${keys.join(', ') || 'nothing'}`;
      const strange = keys.find((one) => !criterionKeys.includes(one));
      const hint = strange === undefined ? undefined : didYouMeanHint(strange, ['method', 'value']);
      throw this.#problem(message, strange === undefined ? at : [...at, strange], 'key', hint);
    }
    this.#checkKeys(keys, at);
    const base = this.#guarded([...at, 'method'], 'value', () => this.#fields(definition, at));
    return 'exclude' in definition ? without(base, this.#exclusion(definition.exclude, [...at, 'exclude'])) : base;
  }

  #fields(definition: JsonObject, at: DataPath): Specification {
    const { method, value } = definition;
    const raw = `${method}:${typeof value === 'string' ? value : JSON.stringify(value)}`;
    const childrensParents = isTrue(definition.childrens_parents);
    const children = isTrue(definition.children);
    if (children && childrensParents) {
      throw this.#problem(`'children' and 'childrens_parents' are incompatible`, [...at, 'children'], 'key');
    }
    return {
      kind: 'criterion',
      raw,
      ...parseMethod(String(method)),
      value: value ?? null,
      childrensParents,
      parents: isTrue(definition.parents),
      parentsDepth: this.#depth('parents_depth', definition.parents_depth, at),
      children,
      childrenDepth: this.#depth('children_depth', definition.children_depth, at),
      indirectSelection: this.#indirectSelection(definition.indirect_selection, at),
    };
  }

  #inherited(name: Json | undefined, at: DataPath): Specification {
    if (typeof name === 'string' && this.#around.earlier.includes(name)) return this.#around.inherit(name);
    throw this.#problem(
      `an existing selector named '${String(name)}' was not found before this one`,
      at,
      'value',
      didYouMeanHint(String(name), this.#around.earlier) ??
        'A selector can inherit only from those that stand above it',
    );
  }

  /** dbt reads an entry with `exclude` inside a union or intersection as nothing but that exclusion. */
  #checkExclusion(kind: string, part: JsonObject, at: DataPath): void {
    const ignored = Object.keys(part).filter((key) => key !== 'exclude');
    if (ignored.length === 0) return;
    const message = `Selector '${this.#selector.name}': beside 'exclude' inside '${kind}', ${ignored.join(', ')} is ignored`;
    const hint = `Put it into an entry of its own, next to the one with 'exclude'`;
    const place = { at: [...at, ignored[0] ?? ''], part: 'key' } as const;
    this.#around.warnings.push({ ...warning('graph/ignored-selector-key', message, { hint }), ...place });
  }

  #exclusion(definitions: Json | undefined, at: DataPath): Specification | undefined {
    const parts: Specification[] = [];
    this.#each('exclude', definitions, at, (part, place) => parts.push(this.#read(part, place)));
    return parts.length > 1 ? { kind: 'union', parts, indirectSelection: 'eager' } : parts[0];
  }

  /** Reads all entries of a list before it throws what is wrong with some. */
  #each(key: string, list: Json | undefined, at: DataPath, read: (part: Json, at: DataPath) => void): void {
    if (!Array.isArray(list)) throw this.#problem(`expected a list under '${key}'`, at);
    const found: Diagnostic[] = [];
    for (const [index, part] of list.entries()) {
      try {
        read(part, [...at, index]);
      } catch (thrown) {
        if (!(thrown instanceof Problem)) throw thrown;
        found.push(...thrown.diagnostics);
      }
    }
    if (found.length > 0) throw new Problem(...found);
  }

  #depth(key: string, value: Json | undefined, at: DataPath): number | undefined {
    // dbt takes 0 for "no limit", as it does every empty value.
    if (!value) return undefined;
    const depth = Number(value);
    if (Number.isInteger(depth)) return depth;
    throw this.#problem(`'${key}' has to be a whole number, found ${JSON.stringify(value)}`, [...at, key]);
  }

  #indirectSelection(value: Json | undefined, at: DataPath): IndirectSelection {
    if (value === undefined) return this.#around.indirectSelection;
    if (typeof value === 'string' && indirectSelections.includes(value)) return value as IndirectSelection;
    throw this.#problem(
      `'${String(value)}' is not a valid indirect_selection`,
      [...at, 'indirect_selection'],
      'value',
      didYouMeanHint(String(value), indirectSelections) ?? `It can be ${indirectSelections.join(', ')}`,
    );
  }

  #checkKeys(keys: readonly string[], at: DataPath): void {
    for (const key of keys) {
      if (criterionKeys.includes(key)) continue;
      const message = `Selector '${this.#selector.name}': the key '${key}' means nothing here and is ignored`;
      const hint = didYouMeanHint(key, criterionKeys);
      const told = warning('graph/unknown-selector-key', message, { hint });
      this.#around.warnings.push({ ...told, at: [...at, key], part: 'key' });
    }
  }

  /** Says of which selector a faulty criterion is, and where it stands. */
  #guarded<T>(at: DataPath, part: 'key' | 'value', read: () => T): T {
    try {
      return read();
    } catch (thrown) {
      if (!(thrown instanceof Problem) || thrown.diagnostics.some(({ code }) => code === 'graph/invalid-selector')) {
        throw thrown;
      }
      throw this.#problem(thrown.diagnostics[0]?.message ?? '', at, part, thrown.diagnostics[0]?.hint);
    }
  }

  #problem(message: string, at: DataPath, part: 'key' | 'value' = 'value', hint?: string): Problem {
    const told = error('graph/invalid-selector', `Selector '${this.#selector.name}': ${message}`, { hint });
    const found: SelectorDiagnostic = { ...told, at, part };
    return new Problem(found);
  }
}

function without(included: Specification, excluded: Specification | undefined): Specification {
  if (excluded === undefined) return included;
  return { kind: 'difference', parts: [included, excluded], indirectSelection: 'eager' };
}

/** Python's truth: dbt takes any value that is not empty for yes. */
function isTrue(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return Boolean(value);
}
