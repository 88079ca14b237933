import type { JsonObject, RefArguments, Span, TestNode } from '../../core/index.ts';
import { templateDiagnostic } from '../../core/index.ts';
import { callMacro, Dict, TemplateError } from '../../jinja/index.ts';
import { macroValue } from '../macros/macro-values.ts';
import type { Linking } from '../nodes/linking.ts';
import type { TestFacts } from '../properties/facts.ts';
import { createRecording } from '../rendering/capture.ts';
import { resolveTestArguments, staticArguments } from './test-arguments.ts';
import type { TestDefinition } from './test-macro.ts';
import type { TestOwner } from './test-owner.ts';

export interface CapturedTest {
  readonly refs: readonly RefArguments[];
  readonly sources: readonly (readonly [string, string])[];
  readonly macros: readonly string[];
  /** What the test's macro calls `config()` with. */
  readonly config?: JsonObject | undefined;
  /** Where the refs and sources stand; undefined where there is only the one of the tested relation. */
  readonly spans?: { readonly refs?: readonly Span[]; readonly sources?: readonly Span[] } | undefined;
}

const none: readonly never[] = Object.freeze([]);
const whereMacro = 'macro.dbt.get_where_subquery';

/** What a generic test refers to: its arguments, the relation that it tests, and what its macro itself reads. */
export function captureTest(
  linking: Linking,
  facts: TestFacts,
  owner: TestOwner,
  definition: TestDefinition,
  kwargs: JsonObject,
  span: Span,
): CapturedTest {
  const id = definition.kind === 'macro' ? definition.macro.unique_id : definition.id;
  const args = staticArguments(facts.kwargs, span.file, facts.range);
  const needsRendering = args === undefined || (definition.kind === 'macro' && linking.reaches(definition.macro));
  if (needsRendering) return renderTest(linking, owner, definition, kwargs, span, id);
  const macros = macrosOf(id);
  const { target } = owner;
  const own: RefArguments | undefined =
    target.kind === 'node' ? { name: target.name, package: null, version: facts.version ?? null } : undefined;
  const table = target.kind === 'source' ? ([target.source, target.table] as const) : undefined;
  if (args.refs.length === 0 && args.sources.length === 0) {
    return { refs: own ? [own] : none, sources: table ? [table] : none, macros };
  }
  const refs = args.refs.map(({ name, package: from, version }) => ({ name, package: from, version }));
  const sources = args.sources.map((source) => [source.source, source.table] as const);
  return { refs: own ? [...refs, own] : refs, sources: table ? [...sources, table] : sources, macros };
}

const known = new Map<string, readonly string[]>();

/** dbt reads its two simplest tests without running them, and so does not see what they call. */
function macrosOf(id: string): readonly string[] {
  let macros = known.get(id);
  if (macros === undefined) {
    macros = id === 'macro.dbt.test_not_null' || id === 'macro.dbt.test_unique' ? [id] : [id, whereMacro];
    known.set(id, macros);
  }
  return macros;
}

function renderTest(
  linking: Linking,
  owner: TestOwner,
  definition: TestDefinition,
  kwargs: JsonObject,
  span: Span,
  id: string,
): CapturedTest {
  const node = { unique_id: id, database: null, schema: '', alias: '', package_name: owner.packageName } as unknown as TestNode;
  const recording = createRecording(linking.world, { node, packageName: owner.packageName });
  try {
    const args = resolveTestArguments(kwargs, recording.scope, span.file);
    if (definition.kind === 'macro') {
      const named = new Map([...(args as Dict).entries()].map(([name, value]) => [String(name), value] as const));
      callMacro(macroValue(definition.macro), [], { scope: recording.scope, kwargs: named, lenient: true });
    }
  } catch (failure) {
    if (!(failure instanceof TemplateError)) throw failure;
    const found = templateDiagnostic(failure, 'parse/template-error', span);
    // Arguments are templates of their own: their offsets say nothing in the file.
    const inMacro = found.span !== undefined && found.span.file !== span.file;
    linking.report(inMacro ? { ...found, notes: [...(found.notes ?? []), { message: 'in this test', span }] } : { ...found, span });
  }
  const { captured } = recording.result();
  const place = (own: Span): Span => (own.file === span.file ? span : own);
  return {
    refs: captured.refs.map(({ name, package: from, version }) => ({ name, package: from, version })),
    sources: captured.sources.map(({ source, table }) => [source, table] as const),
    macros: [...new Set([id, ...captured.macros, whereMacro])],
    config: captured.config,
    spans: { refs: captured.refs.map((ref) => place(ref.span)), sources: captured.sources.map((source) => place(source.span)) },
  };
}
