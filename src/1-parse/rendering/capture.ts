import type { CodeNode, Diagnostic, JsonObject, Relation, Rendering, Span } from '../../core/index.ts';
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
  const recording = createRecording(world, request);
  const diagnostics: Diagnostic[] = [];
  try {
    const { text, start, end, file } = request;
    renderTemplate(parseTemplate(text, { file, start, end }), { scope: recording.scope, lenient: true });
  } catch (failure) {
    if (!(failure instanceof TemplateError)) throw failure;
    const fallback: Span = { file: request.file, start: request.start, end: request.start };
    diagnostics.push(templateDiagnostic(failure, 'parse/template-error', fallback));
  }
  const { captured, reads } = recording.result();
  return { captured, reads, diagnostics: [...recording.warnings, ...diagnostics] };
}

/** A node that is there already, for a template to see. */
export function seen(node: CodeNode): Pick<CaptureRequest, 'node' | 'self'> {
  return { node: () => node, self: { database: node.database, schema: node.schema, identifier: node.alias } };
}

export interface Recording {
  readonly scope: ParseScope;
  readonly warnings: readonly Diagnostic[];
  result(): { readonly captured: Captured; readonly reads: Reads };
}

/** A rendering that writes down what `ref`, `source`, `config`, `var` and `env_var` are called with. */
export function createRecording(
  world: World,
  { node, self, packageName, extra }: Pick<CaptureRequest, 'node' | 'self' | 'packageName' | 'extra'>,
): Recording {
  const refs: CapturedRef[] = [];
  const sources: CapturedSource[] = [];
  const metrics: (readonly string[])[] = [];
  const functions: (readonly string[])[] = [];
  const warnings: Diagnostic[] = [];
  const vars: Record<string, string> = {};
  const missingVars = new Set<string>();
  const env: Record<string, string | null> = {};
  let config: JsonObject | undefined;
  let configSpan: Span | undefined;
  const rendering: Rendering = {
    phase: 'parse',
    execute: false,
    environment: world.environment,
    adapter: world.adapter,
    packageName,
    projectName: world.settings.name,
    get node() {
      return node();
    },
    thisRelation: self,
    get scope() {
      return scope;
    },
    session: undefined,
    selectedResources: [],
    results: new Map(),
    // Where a ref leads is only known when everything is parsed; dbt gives the node itself meanwhile.
    ref({ name, package: from, version }, site) {
      refs.push({ name, package: from, version, span: spanOf(site) });
      return self;
    },
    source(source, table, site) {
      sources.push({ source, table, span: spanOf(site) });
      return self;
    },
    metric(from, name) {
      metrics.push(from === null ? [name] : [from, name]);
      return undefined;
    },
    functionRelation(from, name) {
      functions.push(from === null ? [name] : [from, name]);
      return self;
    },
    doc: (from, name) => docText(world, packageName, from, name),
    setConfig(settings, site) {
      config = mergeConfigCall(config, settings);
      configSpan ??= spanOf(site);
    },
    getConfig: () => '',
    varsWith(name) {
      const among = varsWith(world, packageName, world.environment.vars, name);
      if (among === undefined) missingVars.add(name);
      else vars[name] = repr(memberToValue(among, name));
      return among;
    },
    varNames: () => varNames(world, packageName, world.environment.vars),
    readEnv(name) {
      const value = world.environment.env(name);
      env[name] = envMark(value);
      world.onEnv(name, value);
      return value;
    },
    findMacro: (from, name) => scope.findMacro(from, name),
    macroSearchOrder: (namespace) => renderingOrder(world.settings, world.packages, namespace),
    packages: world.packages,
    graph: () => ({ nodes: new Map() }),
    log: () => undefined,
    warn(message, site) {
      warnings.push(warning('parse/template-warning', message, { span: site && spanOf(site) }));
    },
  };
  const scope = new ParseScope(world, packageName, () => rendering, extra);
  return {
    scope,
    warnings,
    result: () => ({
      captured: { refs, sources, config, configSpan, macros: scope.macros, metrics, functions },
      reads: {
        names: scope.names,
        ...(Object.keys(vars).length > 0 ? { vars } : {}),
        ...(missingVars.size > 0 ? { missingVars: [...missingVars] } : {}),
        ...(Object.keys(env).length > 0 ? { env } : {}),
      },
    }),
  };
}

function spanOf({ file, start, end }: CallSite): Span {
  return { file, start, end };
}
