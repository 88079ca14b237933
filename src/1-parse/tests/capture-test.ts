import type { DependsOn, JsonObject, RefArguments, Span, TestNode } from '../../core/index.ts';
import { calledMacros, templateDiagnostic } from '../../core/index.ts';
import { callMacro, TemplateError } from '../../jinja/index.ts';
import { macroValue } from '../macros/macro-values.ts';
import type { Linking } from '../nodes/linking.ts';
import type { TestFacts } from '../properties/facts.ts';
import { Recording, seen } from '../rendering/capture.ts';
import { resolveTestArguments, staticArguments } from './test-arguments.ts';
import type { TestKind } from './test-kind.ts';
import type { TestOwner } from './test-owner.ts';

export interface CapturedTest {
  readonly refs: readonly RefArguments[];
  readonly sources: readonly (readonly [string, string])[];
  readonly dependsOn: DependsOn;
  /** What the test's macro calls `config()` with. */
  readonly config?: JsonObject | undefined;
  /** Where the refs and sources stand; undefined where there is only the one of the tested relation. */
  readonly spans?: { readonly refs?: readonly Span[]; readonly sources?: readonly Span[] } | undefined;
}

const none: readonly never[] = Object.freeze([]);

/** What a generic test refers to: its arguments, the relation that it tests, and what its macro itself reads. */
export function captureTest(
  linking: Linking,
  facts: TestFacts,
  owner: TestOwner,
  kind: TestKind,
  kwargs: JsonObject,
  span: Span,
): CapturedTest {
  const args = kind.reaches ? undefined : staticArguments(facts.kwargs, span.file, facts.range);
  if (args === undefined) return renderTest(linking, owner, kind, kwargs, span);
  const { dependsOn } = kind;
  const { sources: ownSources } = owner.reads;
  const ownRefs = kind.isRun ? owner.reads.refs.map(asCalled) : owner.reads.refs;
  if (args.refs.length === 0 && args.sources.length === 0) return { refs: ownRefs, sources: ownSources, dependsOn };
  const refs = args.refs.map(({ name, package: from, version }) => ({ name, package: from, version }));
  const sources = args.sources.map((source) => [source.source, source.table] as const);
  return { refs: [...refs, ...ownRefs], sources: [...sources, ...ownSources], dependsOn };
}

/** dbt takes the refs of the tests that it runs from their code, in which a version is text. */
function asCalled(ref: RefArguments): RefArguments {
  return typeof ref.version === 'number' ? { ...ref, version: String(ref.version) } : ref;
}

function renderTest(linking: Linking, owner: TestOwner, kind: TestKind, kwargs: JsonObject, span: Span): CapturedTest {
  const { definition, id } = kind;
  const node = { unique_id: id, database: null, schema: '', alias: '', package_name: owner.packageName };
  const recording = new Recording(linking.world, {
    ...seen(node as unknown as TestNode),
    packageName: owner.packageName,
  });
  try {
    const args = resolveTestArguments(kwargs, recording.scope, span.file);
    if (definition.kind === 'macro') {
      const named = new Map([...args.entries()].map(([name, value]) => [String(name), value] as const));
      callMacro(macroValue(definition.macro), [], { scope: recording.scope, kwargs: named, lenient: true });
    }
  } catch (failure) {
    if (!(failure instanceof TemplateError)) throw failure;
    const found = templateDiagnostic(failure, 'parse/template-error', span);
    // Arguments are templates of their own: their offsets say nothing in the file.
    const inMacro = found.span !== undefined && found.span.file !== span.file;
    const notes = [...(found.notes ?? []), { message: 'in this test', span }];
    linking.report(inMacro ? { ...found, notes } : { ...found, span });
  }
  const { captured } = recording.result();
  // As dbt, in which a test sees no macros but its own and what that may call.
  const reached = calledMacros([id], linking.world.macros);
  const called = captured.macros.filter((macro) => reached.has(macro));
  const place = (own: Span): Span => (own.file === span.file ? span : own);
  return {
    refs: captured.refs.map(({ name, package: from, version }) => ({ name, package: from, version })),
    sources: captured.sources.map(({ source, table }) => [source, table] as const),
    dependsOn: { nodes: none, macros: [...new Set([...kind.dependsOn.macros, ...called])] },
    config: captured.config,
    spans: {
      refs: captured.refs.map((ref) => place(ref.span)),
      sources: captured.sources.map((source) => place(source.span)),
    },
  };
}
