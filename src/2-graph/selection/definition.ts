import type { SelectorDefinition } from '../../1-parse/index.ts';
import type { Diagnostic, Json, JsonObject } from '../../core/index.ts';
import { didYouMeanHint, error, Problem, warning } from '../../core/index.ts';
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

/** What a definition may draw on beside its own text. */
export interface Surroundings {
  /** Selectors that stand before this one: only those can be inherited, as in dbt. */
  readonly earlier: readonly string[];
  readonly indirectSelection: IndirectSelection;
  readonly inherit: (name: string) => Specification;
  readonly warnings: Diagnostic[];
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
    const { definition } = this.#selector;
    if (isObject(definition) && ('union' in definition || 'intersection' in definition)) {
      const keys = Object.keys(definition);
      if (keys.length > 1) {
        throw this.#problem(`only one 'union' or 'intersection' may stand at the top, found ${keys.join(', ')}`);
      }
    }
    return this.#read(definition);
  }

  #read(definition: Json): Specification {
    if (typeof definition === 'string') return this.#guarded(() => this.#criterionText(definition));
    if (!isObject(definition)) throw this.#problem(`expected text, a dictionary, 'union' or 'intersection'`);
    if ('union' in definition) return this.#group('union', definition.union);
    if ('intersection' in definition) return this.#group('intersection', definition.intersection);
    return this.#guarded(() => this.#criterion(definition));
  }

  #criterionText(text: string): Specification {
    return parseCriterion(text, this.#around.indirectSelection);
  }

  #group(kind: 'union' | 'intersection', definitions: Json | undefined): Specification {
    const parts: Specification[] = [];
    let excluded: Specification | undefined;
    let excludes = 0;
    for (const part of this.#list(kind, definitions)) {
      if (isObject(part) && 'exclude' in part) {
        this.#checkExclusion(kind, part);
        excludes += 1;
        if (excludes > 1) throw this.#problem(`'${kind}' may have one 'exclude' only`);
        excluded = this.#exclusion(part.exclude);
      } else parts.push(this.#read(part));
    }
    return without({ kind, parts, indirectSelection: 'eager' }, excluded);
  }

  #criterion(definition: JsonObject): Specification {
    const keys = Object.keys(definition);
    if (definition.method === 'selector') return this.#inherited(definition.value);
    const meant = keys.length === 1 ? didYouMeanHint(keys[0] ?? '', ['union', 'intersection']) : undefined;
    if (meant) throw this.#problem(`'${keys[0]}' is neither a method nor a way to combine criteria`, meant);
    if (keys.length === 1) return this.#fields({ method: keys[0] ?? '', value: definition[keys[0] ?? ''] ?? null });
    if (!('method' in definition && 'value' in definition)) {
      throw this.#problem(`expected one key, or 'method' and 'value', but found ${keys.join(', ') || 'nothing'}`);
    }
    this.#checkKeys(keys);
    const base = this.#fields(definition);
    return 'exclude' in definition ? without(base, this.#exclusion(definition.exclude)) : base;
  }

  #fields(definition: JsonObject): Specification {
    const { method, value } = definition;
    const raw = `${method}:${typeof value === 'string' ? value : JSON.stringify(value)}`;
    const childrensParents = isTrue(definition.childrens_parents);
    const children = isTrue(definition.children);
    if (children && childrensParents) throw this.#problem(`'children' and 'childrens_parents' are incompatible`);
    return {
      kind: 'criterion',
      raw,
      ...parseMethod(String(method)),
      value: value ?? null,
      childrensParents,
      parents: isTrue(definition.parents),
      parentsDepth: this.#depth('parents_depth', definition.parents_depth),
      children,
      childrenDepth: this.#depth('children_depth', definition.children_depth),
      indirectSelection: this.#indirectSelection(definition.indirect_selection),
    };
  }

  #inherited(name: Json | undefined): Specification {
    if (typeof name === 'string' && this.#around.earlier.includes(name)) return this.#around.inherit(name);
    throw this.#problem(
      `an existing selector named '${String(name)}' was not found before this one`,
      didYouMeanHint(String(name), this.#around.earlier) ??
        'A selector can inherit only from those that stand above it',
    );
  }

  /** dbt reads an entry with `exclude` inside a union or intersection as nothing but that exclusion. */
  #checkExclusion(kind: string, part: JsonObject): void {
    const ignored = Object.keys(part).filter((key) => key !== 'exclude');
    if (ignored.length === 0) return;
    const message = `Selector '${this.#selector.name}': beside 'exclude' inside '${kind}', ${ignored.join(', ')} is ignored`;
    const hint = `Put it into an entry of its own, next to the one with 'exclude'`;
    this.#around.warnings.push(warning('graph/ignored-selector-key', message, { span: this.#selector.span, hint }));
  }

  #exclusion(definitions: Json | undefined): Specification | undefined {
    const parts = this.#list('exclude', definitions).map((part) => this.#read(part));
    return parts.length > 1 ? { kind: 'union', parts, indirectSelection: 'eager' } : parts[0];
  }

  #list(key: string, value: Json | undefined): readonly Json[] {
    if (Array.isArray(value)) return value;
    throw this.#problem(`expected a list under '${key}'`);
  }

  #depth(key: string, value: Json | undefined): number | undefined {
    // dbt takes 0 for "no limit", as it does every empty value.
    if (!value) return undefined;
    const depth = Number(value);
    if (Number.isInteger(depth)) return depth;
    throw this.#problem(`'${key}' has to be a whole number, found ${JSON.stringify(value)}`);
  }

  #indirectSelection(value: Json | undefined): IndirectSelection {
    if (value === undefined) return this.#around.indirectSelection;
    if (typeof value === 'string' && indirectSelections.includes(value)) return value as IndirectSelection;
    throw this.#problem(
      `'${String(value)}' is not a valid indirect_selection`,
      didYouMeanHint(String(value), indirectSelections) ?? `It can be ${indirectSelections.join(', ')}`,
    );
  }

  #checkKeys(keys: readonly string[]): void {
    for (const key of keys) {
      if (criterionKeys.includes(key)) continue;
      const message = `Selector '${this.#selector.name}': the key '${key}' means nothing here and is ignored`;
      const hint = didYouMeanHint(key, criterionKeys);
      this.#around.warnings.push(warning('graph/unknown-selector-key', message, { span: this.#selector.span, hint }));
    }
  }

  /** Says of which selector a faulty criterion is. */
  #guarded<T>(read: () => T): T {
    try {
      return read();
    } catch (thrown) {
      if (!(thrown instanceof Problem) || thrown.diagnostics.some(({ code }) => code === 'graph/invalid-selector')) {
        throw thrown;
      }
      throw this.#problem(thrown.diagnostics[0]?.message ?? '', thrown.diagnostics[0]?.hint);
    }
  }

  #problem(message: string, hint?: string): Problem {
    return new Problem(
      error('graph/invalid-selector', `Selector '${this.#selector.name}': ${message}`, {
        span: this.#selector.span,
        hint,
      }),
    );
  }
}

function without(included: Specification, excluded: Specification | undefined): Specification {
  if (excluded === undefined) return included;
  return { kind: 'difference', parts: [included, excluded], indirectSelection: 'eager' };
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Python's truth: dbt takes any value that is not empty for yes. */
function isTrue(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return Boolean(value);
}
