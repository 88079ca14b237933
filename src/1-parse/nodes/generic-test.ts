import {
  didYouMeanHint,
  error,
  type Json,
  type JsonObject,
  type Origin,
  restoreFloatMarks,
  type Span,
  type TestNode,
  templateDiagnostic,
} from '../../core/index.ts';
import { renderNative, TemplateError, toJs, Undefined } from '../../jinja/index.ts';
import { mergeConfigCall } from '../config/merge.ts';
import { configDiagnostics } from '../config/problems.ts';
import type { LoadedFile } from '../files/load-files.ts';
import { pythonRepr } from '../names/python-text.ts';
import { docUses } from '../properties/doc-uses.ts';
import type { TestFacts } from '../properties/facts.ts';
import { isTemplate } from '../properties/templates.ts';
import { type CapturedTest, captureTest } from '../tests/capture-test.ts';
import { unknownArguments } from '../tests/check-arguments.ts';
import { testNamesKnown } from '../tests/test-macro.ts';
import type { TestOwner } from '../tests/test-owner.ts';
import { nameNode, tagsOf } from './code-node.ts';
import { contractOf } from './contract.ts';
import { descriptionProblem, missingDocs } from './describe.ts';
import { addNode, type Linking, projectsOf, writtenBelow } from './linking.ts';

const none: readonly never[] = Object.freeze([]);
const noColumns = Object.freeze({});
const noSettings: JsonObject = Object.freeze({});
const noChecksum = Object.freeze({ name: 'none' as const, checksum: '' });
const shown = Object.freeze({ show: true, node_color: null });

/** Makes the node of a generic test and puts it into the project. */
export function linkTest(linking: Linking, facts: TestFacts, owner: TestOwner): TestNode | undefined {
  const { packageName, file } = owner;
  const span: Span = { file: file.found.file, start: facts.range[0], end: facts.range[1] };
  const kind = linking.testKind(packageName, facts.namespace, facts.name);
  if (kind === undefined) {
    reportUnknown(linking, facts, span);
    return undefined;
  }
  const argument = (name: string): Span => argumentIn(linking, facts, file, name) ?? span;
  const unknown = unknownArguments(linking.world, facts, kind, argument);
  for (const problem of unknown) linking.report(problem);
  const settings = renderedConfig(linking, facts, owner, span);
  const fqn = [packageName, ...owner.folders, facts.title];
  // Not a copy with one name more: see docs/architecture.md.
  const kwargs: JsonObject = Object.assign({}, facts.kwargs, { model: owner.model });
  restoreFloatMarks(kwargs, facts.floats);
  const seen = unknown.length > 0 ? { ...kind, reaches: false } : kind;
  const captured = captureTest(linking, facts, owner, seen, kwargs, span);
  const called = kind.isRun ? configCalls(settings, captured.config) : settings;
  const { config, unrendered, problems } = linking.configurator.configure({
    kind: 'test',
    packageName,
    fqn,
    call: hasMembers(called) ? called : undefined,
  });
  if (problems.length > 0) {
    const places = { call: placesIn(linking, facts, file, span), projects: projectsOf(linking, packageName) };
    for (const problem of configDiagnostics(problems, `test '${facts.title}'`, { kind: 'test', fqn }, places)) {
      linking.report(problem);
    }
  }
  const node: TestNode = {
    resource_type: 'test',
    unique_id: `test.${packageName}.${facts.title}.${facts.hash}`,
    name: facts.title,
    package_name: packageName,
    path: `${facts.fileName ?? facts.title}.sql`,
    original_file_path: file.found.path,
    fqn,
    alias: facts.title,
    checksum: noChecksum,
    config,
    tags: testTags(facts.tags, settings.tags, config.tags),
    meta: config.meta,
    group: owner.attached?.group ?? null,
    docs: shown,
    created_at: linking.createdAt,
    language: 'sql',
    database: null,
    schema: '',
    relation_name: null,
    unrendered_config: unrendered,
    patch_path: null,
    ...describe(linking, facts, packageName, span),
    refs: captured.refs,
    sources: captured.sources,
    metrics: none,
    depends_on: captured.dependsOn,
    contract: contractOf(config),
    origin: originOf(span, facts, captured),
    columns: noColumns,
    raw_code: rawCode(kind.code, settings),
    column_name: facts.columnName ?? null,
    file_key_name: owner.fileKey,
    attached_node: owner.attached?.unique_id ?? null,
    test_metadata: { name: facts.name, kwargs, namespace: facts.namespace },
  };
  nameNode(linking, node);
  if (!addNode(linking, node)) reportDuplicate(linking, node, span);
  return node;
}

/** What its entry says of a test, with the docs blocks that it names. */
function describe(
  linking: Linking,
  { description = '' }: TestFacts,
  packageName: string,
  span: Span,
): Pick<TestNode, 'description' | 'doc_blocks'> {
  if (!isTemplate(description)) return { description, doc_blocks: none };
  const missing = missingDocs(linking.world, packageName, docUses(description, []), () => span);
  for (const problem of missing) linking.report(problem);
  const problem = descriptionProblem(description, linking.docScope(packageName), span);
  if (problem) linking.report(problem);
  const describer = linking.describer(packageName);
  return { description: describer.text(description), doc_blocks: describer.blocks(description) };
}

/** Where a test says a setting: below `config:`, or beside its arguments. */
function placesIn(linking: Linking, facts: TestFacts, file: LoadedFile, span: Span) {
  const called = calledIn(facts);
  const owners = [[called, 'config'], [called], ['config'], []];
  return (path: readonly string[], part: 'key' | 'value'): Span =>
    writtenBelow(linking, file, owners, path, part, facts.range[0]) ?? span;
}

function argumentIn(linking: Linking, facts: TestFacts, file: LoadedFile, name: string): Span | undefined {
  const called = calledIn(facts);
  const at = [[called, 'arguments', name], [called, name], ['arguments', name], [name]].find((path) =>
    writtenBelow(linking, file, [path.slice(0, -1)], [name], 'key', facts.range[0]),
  );
  return at && linking.spanIn(file, at, 'key', facts.range[0]);
}

/** A test's name as its entry has it. */
const calledIn = ({ name, namespace }: TestFacts): string => (namespace === null ? name : `${namespace}.${name}`);

function originOf(definition: Span, { floats }: TestFacts, { spans }: CapturedTest): Origin {
  if (spans === undefined && floats === undefined) return { definition };
  return { definition, ...spans, ...(floats === undefined ? {} : { floats }) };
}

/**
 * All that `config()` is called with: what YAML says comes first, then the calls of the test's macro, and what YAML says
 * once more from the test's code. dbt adds up tags on the way, and so do we.
 */
function configCalls(settings: JsonObject, macro: JsonObject | undefined): JsonObject {
  if (macro === undefined && !('tags' in settings)) return settings;
  const before = mergeConfigCall(undefined, settings);
  return mergeConfigCall(macro === undefined ? before : mergeConfigCall(before, macro), settings);
}

function hasMembers(settings: JsonObject): boolean {
  for (const _ in settings) return true;
  return false;
}

/** Settings whose values are templates are rendered now, since parsing depends on them (`enabled`, `severity`). */
function renderedConfig(linking: Linking, facts: TestFacts, owner: TestOwner, span: Span): JsonObject {
  const { config } = facts;
  if (config === undefined) return noSettings;
  let rendered: Record<string, Json> | undefined;
  for (const name in config) {
    const value = config[name];
    if (typeof value !== 'string' || !isTemplate(value)) continue;
    rendered ??= { ...config };
    try {
      const found = renderNative(value, { scope: linking.yamlScope(owner.packageName) });
      if (found instanceof Undefined) throw found.error();
      const said = toJs(found) as Json;
      // As in dbt, what renders to nothing was not said at all.
      if (said === null) delete rendered[name];
      else rendered[name] = said;
    } catch (failure) {
      if (!(failure instanceof TemplateError)) throw failure;
      const found = templateDiagnostic(failure, 'parse/template-error', span);
      linking.report({ ...found, span, notes: [{ message: `in ${name}: ${value}` }] });
    }
  }
  return rendered ?? config;
}

function testTags(
  own: readonly string[] | undefined,
  called: Json | undefined,
  configured: readonly string[],
): readonly string[] {
  const calls =
    typeof called === 'string'
      ? [called]
      : Array.isArray(called)
        ? called.filter((tag): tag is string => typeof tag === 'string')
        : none;
  return tagsOf([...new Set([...(own ?? none), ...calls])].sort(), configured);
}

/** The template that runs the test, with its settings as dbt writes them behind it. */
function rawCode(code: string, settings: JsonObject): string {
  if (!hasMembers(settings)) return code;
  const written = Object.entries(settings).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? `"${value.replaceAll('"', '\\"')}"` : pythonRepr(value)}`,
  );
  return `${code}{{ config(${written.join(',')}) }}`;
}

function reportUnknown(linking: Linking, facts: TestFacts, span: Span): void {
  const name = facts.namespace === null ? facts.name : `${facts.namespace}.${facts.name}`;
  const installed =
    facts.namespace === null || linking.world.packages.has(facts.namespace) || facts.namespace === 'dbt';
  linking.report(
    error('parse/unknown-test', `No generic test is named '${name}'`, {
      span,
      hint:
        didYouMeanHint(name, testNamesKnown(linking.world)) ??
        (installed
          ? 'Write it as {% test NAME(model, …) %} in a file below macros/ or tests/generic/'
          : `The package '${facts.namespace}' is not installed`),
    }),
  );
}

function reportDuplicate(linking: Linking, node: TestNode, span: Span): void {
  const first = linking.nodes.get(node.unique_id);
  linking.report(
    error('parse/duplicate-test', `The test '${node.name}' is there twice`, {
      span,
      hint: 'Remove one of them, or give one another `name:`',
      notes: first ? [{ message: 'the other is here', span: first.origin.definition }] : [],
    }),
  );
}
