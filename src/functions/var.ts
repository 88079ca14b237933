import {
  didYouMeanHint,
  type JsonObject,
  memberToValue,
  type TemplateFunction,
  type YamlRendering,
} from '../core/index.ts';
import {
  bindArguments,
  type CallSite,
  HostObject,
  hasMarkup,
  hostFunction,
  parseTemplate,
  type Result,
  renderTemplate,
  renderTemplateAsync,
  str,
  TemplateError,
  type Value,
} from '../jinja/index.ts';

/** Callable, and with a method: `var('x', default)`, `var.has_var('x')`. */
class VarFunction extends HostObject {
  readonly #rendering: YamlRendering;
  readonly #rendersText: boolean;

  constructor(rendering: YamlRendering, rendersText: boolean) {
    super();
    this.#rendering = rendering;
    this.#rendersText = rendersText;
  }

  override get typeName(): string {
    return 'Var';
  }

  override get callable(): boolean {
    return true;
  }

  override getAttribute(name: string): Value | undefined {
    if (name !== 'has_var') return undefined;
    return hostFunction(name, (args) => this.#rendering.varsWith(str(args[0] ?? '')) !== undefined);
  }

  override call(args: Value[], kwargs: Map<string, Value>, site: CallSite): Result {
    const [given, fallback] = bindArguments('var', ['var_name', 'default='], args, kwargs);
    const name = str(given ?? '');
    const among = this.#rendering.varsWith(name);
    if (among !== undefined) return this.#toValue(among, name, site);
    if (fallback !== undefined) return fallback;
    if (this.#rendering.phase !== 'parse') throw this.#missing(name);
    // As dbt: while parsing, what a variable would be may not be known yet.
    this.#rendering.onMissingVar?.(this.#missing(name), site);
    return null;
  }

  /** dbt renders the text of variables in SQL: `vars: {today: "{{ run_started_at }}"}`. */
  #toValue(among: JsonObject, name: string, site: CallSite): Result {
    const value = among[name];
    if (typeof value !== 'string' || !this.#rendersText || !hasMarkup(value)) return memberToValue(among, name);
    const template = parseTemplate(value, { file: `<var ${name}>` });
    const options = { scope: site.scope };
    return site.mode === 'async' ? renderTemplateAsync(template, options) : renderTemplate(template, options);
  }

  #missing(name: string): TemplateError {
    return new TemplateError(`Required var '${name}' not found`, 'CompilationError', {
      hint:
        didYouMeanHint(name, this.#rendering.varNames()) ??
        `Set it under vars: in the project file, give it with --vars '{${name}: …}', or write var('${name}', default)`,
    });
  }
}

/** `var('name', default)`: a variable of the command line or the project file. One that is missing is an error. */
const varFunction: TemplateFunction = {
  name: 'var',
  create: (rendering) => new VarFunction(rendering, true),
  createForYaml: (rendering) => new VarFunction(rendering, false),
};
export default varFunction;
