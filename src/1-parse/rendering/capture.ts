import type {
  CodeNode,
  Diagnostic,
  Environment,
  JsonObject,
  RefRequest,
  Relation,
  Rendering,
  RenderingGraph,
  Span,
} from '../../core/index.ts';
import { memberToValue, templateDiagnostic, warning } from '../../core/index.ts';
import { type CallSite, parseTemplate, renderTemplate, repr, TemplateError, type Value } from '../../jinja/index.ts';
import { mergeConfigCall } from '../config/merge.ts';
import { envMark, type Reads } from '../files/file-facts.ts';
import { renderingOrder } from '../macros/macro-search.ts';
import type { Captured, CapturedRef, CapturedSource } from '../sql/captured.ts';
import { ParseScope } from './parse-scope.ts';
import { varNames, varsWith } from './vars.ts';
import { docText, type World } from './world.ts';

/** The template of a node, or of one of its hooks or tests. */
export interface CaptureRequest {
  /** The text that positions count in. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly file: string;
  /** The node as templates see it; made when one looks. */
  readonly node: () => CodeNode;
  /** What `this` names. */
  readonly self: Relation;
  readonly packageName: string;
  /** Names that are found before all others. */
  readonly extra?: ReadonlyMap<string, Value> | undefined;
}

export interface CaptureResult {
  readonly captured: Captured;
  readonly diagnostics: readonly Diagnostic[];
  readonly reads: Reads;
}

/** Renders a template with `execute` false, to learn what it refers to. Mistakes in it become diagnostics. */
export function capture(world: World, request: CaptureRequest): CaptureResult {
  const recording = new Recording(world, request);
  const diagnostics: Diagnostic[] = [];
  try {
    const { text, start, end, file } = request;
    renderTemplate(parseTemplate(text, { file, start, end }), { scope: recording.scope, lenient: true });
  } catch (failure) {
    if (!(failure instanceof TemplateError)) throw failure;
    const fallback: Span = { file: request.file, start: request.start, end: request.start };
    diagnostics.push(recording.explained(templateDiagnostic(failure, 'parse/template-error', fallback)));
  }
  const { captured, reads } = recording.result();
  return { captured, reads, diagnostics: [...recording.warnings, ...diagnostics] };
}

/** A node that is there already, for a template to see. */
export function seen(node: CodeNode): Pick<CaptureRequest, 'node' | 'self'> {
  return { node: () => node, self: { database: node.database, schema: node.schema, identifier: node.alias } };
}

const noResources: readonly string[] = Object.freeze([]);
const noNodes: RenderingGraph = Object.freeze({ nodes: new Map() });

/**
 * A rendering that writes down what `ref`, `source`, `config`, `var` and `env_var` are called with.
 *
 * A class, and no object of functions: there is one for each template, and V8 makes a hash table of every object that is
 * written with a getter.
 */
export class Recording implements Rendering {
  readonly phase = 'parse';
  readonly execute = false;
  readonly environment: Environment;
  readonly adapter: Rendering['adapter'];
  readonly packageName: string;
  readonly projectName: string;
  readonly thisRelation: Relation;
  readonly session = undefined;
  readonly selectedResources = noResources;
  readonly results: Rendering['results'] = new Map();
  readonly packages: World['packages'];
  readonly scope: ParseScope;
  readonly warnings: Diagnostic[] = [];
  readonly #world: World;
  readonly #node: () => CodeNode;
  readonly #refs: CapturedRef[] = [];
  readonly #sources: CapturedSource[] = [];
  readonly #metrics: (readonly string[])[] = [];
  readonly #functions: (readonly string[])[] = [];
  readonly #vars: Record<string, string> = {};
  readonly #missingVars = new Set<string>();
  #noneVar: { readonly problem: TemplateError; readonly span: Span } | undefined;
  readonly #env: Record<string, string | null> = {};
  #config: JsonObject | undefined;
  #configSpan: Span | undefined;

  constructor(
    world: World,
    { node, self, packageName, extra }: Pick<CaptureRequest, 'node' | 'self' | 'packageName' | 'extra'>,
  ) {
    this.environment = world.environment;
    this.adapter = world.adapter;
    this.packageName = packageName;
    this.projectName = world.settings.name;
    this.thisRelation = self;
    this.packages = world.packages;
    this.#world = world;
    this.#node = node;
    this.scope = new ParseScope(world, packageName, () => this, extra);
  }

  get node(): CodeNode {
    return this.#node();
  }

  /** What was written down. */
  result(): { readonly captured: Captured; readonly reads: Reads } {
    const vars = this.#vars;
    const env = this.#env;
    const missingVars = [...this.#missingVars];
    return {
      captured: {
        refs: this.#refs,
        sources: this.#sources,
        config: this.#config,
        configSpan: this.#configSpan,
        macros: this.scope.macros,
        metrics: this.#metrics,
        functions: this.#functions,
      },
      reads: {
        names: this.scope.names,
        ...(Object.keys(vars).length > 0 ? { vars } : {}),
        ...(missingVars.length > 0 ? { missingVars } : {}),
        ...(Object.keys(env).length > 0 ? { env } : {}),
      },
    };
  }

  // Where a ref leads is only known when everything is parsed; dbt gives the node itself meanwhile.
  ref({ name, package: from, version }: RefRequest, site: CallSite): Relation {
    this.#refs.push({ name, package: from, version, span: spanOf(site) });
    return this.thisRelation;
  }

  source(source: string, table: string, site: CallSite): Relation {
    this.#sources.push({ source, table, span: spanOf(site) });
    return this.thisRelation;
  }

  metric(from: string | null, name: string): undefined {
    this.#metrics.push(from === null ? [name] : [from, name]);
  }

  functionRelation(from: string | null, name: string): Relation {
    this.#functions.push(from === null ? [name] : [from, name]);
    return this.thisRelation;
  }

  doc(from: string | undefined, name: string): string {
    return docText(this.#world, this.packageName, from, name);
  }

  setConfig(settings: JsonObject, site: CallSite): void {
    this.#config = mergeConfigCall(this.#config, settings);
    this.#configSpan ??= spanOf(site);
  }

  getConfig(): string {
    return '';
  }

  varsWith(name: string): JsonObject | undefined {
    const among = varsWith(this.#world, this.packageName, this.environment.vars, name);
    if (among === undefined) this.#missingVars.add(name);
    else this.#vars[name] = repr(memberToValue(among, name));
    return among;
  }

  varNames(): Iterable<string> {
    return varNames(this.#world, this.packageName, this.environment.vars);
  }

  onMissingVar(problem: TemplateError, site: CallSite): void {
    this.#noneVar ??= { problem, span: spanOf(site) };
  }

  /** The same problem; what a None broke tells of the first variable that is None because nobody sets it. */
  explained(diagnostic: Diagnostic): Diagnostic {
    if (!this.#noneVar || diagnostic.hint !== undefined || !/\bNone/.test(diagnostic.message)) return diagnostic;
    const { problem, span } = this.#noneVar;
    const note = { message: `${problem.message}, and so it is None while parsing`, span };
    return { ...diagnostic, hint: problem.hint, notes: [...(diagnostic.notes ?? []), note] };
  }

  readEnv(name: string): string | undefined {
    const value = this.environment.env(name);
    this.#env[name] = envMark(value);
    this.#world.onEnv(name, value);
    return value;
  }

  findMacro(from: string | null, name: string): Value | undefined {
    return this.scope.findMacro(from, name);
  }

  macroSearchOrder(namespace: string | null): readonly (string | null)[] {
    return renderingOrder(this.#world.settings, this.#world.packages, namespace);
  }

  graph(): RenderingGraph {
    return noNodes;
  }

  log(): void {}

  warn(message: string, site: CallSite | undefined): void {
    this.warnings.push(warning('parse/template-warning', message, { span: site && spanOf(site) }));
  }
}

function spanOf({ file, start, end }: CallSite): Span {
  return { file, start, end };
}
