import { copyMarks, type Diagnostic, type Json, markFloat, templateDiagnostic, valueToJson } from '../../core/index.ts';
import { Float, renderNative, type Scope, TemplateError, Undefined } from '../../jinja/index.ts';
import { rememberOriginal } from './copies.ts';
import { locator, type YamlPath } from './locate.ts';

export interface RenderYamlOptions {
  /** The names that templates can use. */
  readonly scope: Scope;
  /** The file's text and path, for positions. */
  readonly text: string;
  readonly file: string;
  /** Where the value stands in the file, if it is a part of it. */
  readonly at?: YamlPath | undefined;
  /** Whether the text at a path is a template. Default: all are. */
  readonly shouldRender?: (path: YamlPath) => boolean;
  /** Does something to a rendered text: puts secrets in. */
  readonly finish?: (rendered: string, path: YamlPath) => string;
}

export interface RenderedYaml {
  readonly value: Json;
  readonly diagnostics: readonly Diagnostic[];
}

const template = /\{[{%#]/;

/**
 * Renders the templates in YAML data as dbt does: what is one expression gives its value (a number, a list), all else
 * text. Keys are not rendered. Data without templates comes back as the same object, at the cost of looking for `{`.
 * Where a template fails, a diagnostic says why and the text stays.
 */
export function renderYaml(value: Json, options: RenderYamlOptions): RenderedYaml {
  const renderer = new YamlRenderer(options);
  return { value: renderer.render(value), diagnostics: renderer.diagnostics };
}

class YamlRenderer {
  readonly diagnostics: Diagnostic[] = [];
  readonly #options: RenderYamlOptions;
  readonly #path: (string | number)[] = [];
  #wholeFloat = false;

  constructor(options: RenderYamlOptions) {
    this.#options = options;
  }

  render(value: Json): Json {
    this.#wholeFloat = false;
    if (typeof value === 'string') return value.includes('{') && template.test(value) ? this.#renderText(value) : value;
    if (value === null || typeof value !== 'object') return value;
    return Array.isArray(value) ? this.#renderList(value) : this.#renderMapping(value as Record<string, Json>);
  }

  #renderList(list: readonly Json[]): Json {
    let copy: Json[] | undefined;
    for (let index = 0; index < list.length; index += 1) {
      const item = list[index] as Json;
      const rendered = this.#renderMember(index, item);
      if (rendered === item) continue;
      copy ??= copyMarks(list, [...list]);
      copy[index] = rendered;
      if (this.#wholeFloat) markFloat(copy, index);
    }
    return this.#finishCopy(list, copy);
  }

  #renderMapping(mapping: Readonly<Record<string, Json>>): Json {
    let copy: Record<string, Json> | undefined;
    for (const key in mapping) {
      const item = mapping[key] as Json;
      const rendered = this.#renderMember(key, item);
      if (rendered === item) continue;
      copy ??= copyMarks(mapping, { ...mapping });
      copy[key] = rendered;
      if (this.#wholeFloat) markFloat(copy, key);
    }
    return this.#finishCopy(mapping, copy);
  }

  #finishCopy(original: Json & object, copy: (Json & object) | undefined): Json {
    this.#wholeFloat = false;
    if (copy === undefined) return original;
    rememberOriginal(copy, original);
    return copy;
  }

  #renderMember(key: string | number, value: Json): Json {
    if (typeof value === 'string' ? !value.includes('{') : value === null || typeof value !== 'object') return value;
    this.#path.push(key);
    const rendered = this.render(value);
    this.#path.pop();
    return rendered;
  }

  #renderText(source: string): Json {
    const { scope, shouldRender, finish } = this.#options;
    if (shouldRender && !shouldRender(this.#path)) return source;
    try {
      const value = renderNative(source, { scope, file: this.#options.file });
      // Nothing would stand for it: a schema with a misspelt name would be the usual one.
      if (value instanceof Undefined) throw value.error();
      this.#wholeFloat = value instanceof Float && Number.isInteger(value.value);
      const json = valueToJson(value);
      return typeof json === 'string' && finish ? finish(json, this.#path) : json;
    } catch (failure) {
      if (!(failure instanceof TemplateError)) throw failure;
      this.diagnostics.push(this.#diagnostic(failure, source));
      return source;
    }
  }

  #diagnostic(failure: TemplateError, source: string): Diagnostic {
    const { text, file, at = [] } = this.#options;
    const scalar = locator(text, file)([...at, ...this.#path]);
    const content = text.indexOf(source, scalar.start);
    const inside = content >= 0 && content <= scalar.start + 1 && failure.start !== undefined && failure.file === file;
    const start = inside ? content + (failure.start ?? 0) : scalar.start;
    const end = inside ? content + (failure.end ?? failure.start ?? 0) : scalar.end;
    const span = { file, start, end: Math.max(end, start + 1) };
    return { ...templateDiagnostic(failure, 'parse/template-error'), span, notes: undefined };
  }
}
