import type { Project } from '../1-parse/index.ts';
import type { Diagnostic, GraphNode, RefArguments, RefableNode, Span, TestNode } from '../core/index.ts';
import { accessViolation, rootProjectRead } from './access.ts';
import { deprecatedRead } from './deprecation.ts';
import { layerViolation } from './layers.ts';
import { ReferenceProblems } from './reference-problems.ts';
import { type Reader, resolveRef, resolveSource } from './references.ts';
import { resolveFunction, resolveMetric } from './resolve-named.ts';

export type Linked =
  | { readonly kind: 'linked'; readonly node: GraphNode }
  | { readonly kind: 'dropped'; readonly node: TestNode };

/** Turns the names that nodes read into unique ids, and collects what is wrong with them. */
export class Linker {
  readonly #project: Project;
  readonly #problems: ReferenceProblems;
  readonly diagnostics: Diagnostic[] = [];

  constructor(project: Project) {
    this.#project = project;
    this.#problems = new ReferenceProblems(project);
  }

  /** Fills in the node's `depends_on.nodes`, in dbt's order: sources as called, then refs as called, then metrics. */
  link(node: Reader): Linked {
    const functions = 'functions' in node ? (node.functions ?? []) : [];
    const reads = node.refs.length + node.sources.length + node.metrics.length + functions.length;
    if (reads === 0) return { kind: 'linked', node };
    const ids: string[] = [];
    const sourcesFound = this.#linkSources(node, ids);
    const refsFound = this.#linkRefs(node, ids);
    this.#linkMetrics(node, ids);
    this.#linkFunctions(node, functions, ids);
    // In place: a copy of every node would cost more than all the rest of linking.
    (node as { depends_on: Reader['depends_on'] }).depends_on = { macros: node.depends_on.macros, nodes: ids };
    if (node.resource_type !== 'test' || (sourcesFound && refsFound)) return { kind: 'linked', node };
    return { kind: 'dropped', node: { ...node, config: { ...node.config, enabled: false } } };
  }

  #linkSources(node: Reader, ids: string[]): boolean {
    let allFound = true;
    let index = -1;
    for (const [sourceName, tableName] of node.sources) {
      index += 1;
      const resolution = resolveSource(this.#project, sourceName, tableName, node.package_name);
      const span = spanOf(node, node.origin.sources, index);
      if (resolution.kind === 'found') {
        if (append(ids, resolution.node.unique_id)) this.#checkLayer(node, resolution.node, span);
        continue;
      }
      allFound = false;
      this.#report(this.#problems.source(node, `${sourceName}.${tableName}`, resolution.kind, span));
    }
    return allFound;
  }

  #linkRefs(node: Reader, ids: string[]): boolean {
    let allFound = true;
    let index = -1;
    for (const request of node.refs) {
      index += 1;
      const resolution = resolveRef(this.#project, request, node.package_name);
      const span = spanOf(node, node.origin.refs, index);
      if (resolution.kind === 'found') {
        if (append(ids, resolution.node.unique_id)) this.#checkRead(node, resolution.node, request, span);
        continue;
      }
      allFound &&= resolution.kind === 'ambiguous';
      this.#report(this.#problems.ref(node, request, resolution, span));
    }
    return allFound;
  }

  #linkMetrics(node: Reader, ids: string[]): void {
    for (const called of node.metrics) {
      const [packageName, name = ''] = called.length === 1 ? [null, called[0]] : called;
      const resolution = resolveMetric(this.#project, name, packageName ?? null, node.package_name);
      if (resolution.kind === 'found') append(ids, resolution.node.unique_id);
      else this.#report(this.#problems.metric(node, name, resolution.kind, node.origin.definition));
    }
  }

  #linkFunctions(node: Reader, functions: readonly (readonly string[])[], ids: string[]): void {
    for (const called of functions) {
      const [packageName, name = ''] = called.length === 1 ? [null, called[0]] : called;
      const resolution = resolveFunction(this.#project, name, packageName ?? null, node.package_name);
      if (resolution.kind === 'found') append(ids, resolution.node.unique_id);
      else this.#report(this.#problems.function(node, name, resolution.kind, node.origin.definition));
    }
  }

  #checkRead(node: Reader, target: RefableNode, request: RefArguments, span: Span): void {
    this.#report(rootProjectRead(this.#project, node, target, request, span));
    this.#report(accessViolation(this.#project, node, target, span));
    this.#report(deprecatedRead(node, target, span));
    this.#checkLayer(node, target, span);
  }

  #checkLayer(node: Reader, target: GraphNode, span: Span): void {
    if (node.resource_type === 'model') this.#report(layerViolation(this.#project, node, target, span));
  }

  #report(diagnostic: Diagnostic | undefined): void {
    if (diagnostic !== undefined) this.diagnostics.push(diagnostic);
  }
}

/** The place of a call, or where the node is written: refs of YAML tests and exposures have no place of their own. */
function spanOf(node: Reader, spans: readonly Span[] | undefined, index: number): Span {
  return spans?.[index] ?? node.origin.definition;
}

/** Whether the id is new in the list. */
function append(ids: string[], id: string): boolean {
  if (ids.includes(id)) return false;
  ids.push(id);
  return true;
}
