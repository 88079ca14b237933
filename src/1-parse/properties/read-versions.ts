import { error, isMapping, type Json, type JsonObject, writtenVersion } from '../../core/index.ts';
import type { YamlPath } from '../yaml/index.ts';
import { checkShape, type ReadContext, reportError } from './context.ts';
import { docUses } from './doc-uses.ts';
import type { DescribedContent, TestFacts, VersionFacts } from './facts.ts';
import { checkConstraints, type ReadColumns, readColumns } from './read-columns.ts';
import type { TestTarget } from './read-test.ts';
import { readTests, testsOf } from './read-tests.ts';
import { columnRuleShape, versionShape } from './shapes.ts';

type Version = string | number;

/** Reads `versions:` of a model: each has the columns and tests of the model unless it says otherwise. */
export function readVersions(
  context: ReadContext,
  entry: JsonObject,
  name: string,
  path: YamlPath,
  columns: ReadColumns,
): Pick<DescribedContent, 'versions' | 'latestVersion'> {
  const model: VersionedModel = { entry, name, path, columns };
  const versions: VersionFacts[] = [];
  const seen = new Set<string>();
  for (const [index, written] of (entry.versions as readonly Json[]).entries()) {
    const at = [...path, 'versions', index];
    if (!isMapping(written)) continue;
    checkShape(context, at, written, versionShape, 'refuse');
    const version = writtenVersion(written, 'v');
    if (version === undefined) {
      if (written.v === undefined) reportError(context, at, 'version', "A version needs a 'v'");
      continue;
    }
    if (seen.has(String(version))) {
      reportError(context, [...at, 'v'], 'version', `Version ${version} of '${name}' is there twice`);
      continue;
    }
    seen.add(String(version));
    versions.push(readVersion(context, model, { written, version, path: at }));
  }
  const latestVersion = writtenVersion(entry, 'latest_version') ?? null;
  if (latestVersion && !versions.some(({ version }) => version === latestVersion)) {
    const known = versions.map(({ version }) => String(version)).join(', ');
    const message = `latest_version ${latestVersion} is not one of the versions of '${name}': ${known}`;
    reportError(context, [...path, 'latest_version'], 'version', message);
  }
  return { versions, latestVersion: latestVersion ?? highest(versions) };
}

/** A model that has versions. */
interface VersionedModel {
  readonly entry: JsonObject;
  readonly name: string;
  readonly path: YamlPath;
  readonly columns: ReadColumns;
}

/** An entry of `versions:`. */
interface WrittenVersion {
  readonly written: JsonObject;
  readonly version: Version;
  readonly path: YamlPath;
}

function readVersion(context: ReadContext, model: VersionedModel, one: WrittenVersion): VersionFacts {
  const { written, version, path } = one;
  const target: TestTarget = {
    relation: `ref('${model.name}', version='${version}')`,
    name: `${model.name}_v${version}`,
    isSource: false,
    version,
  };
  const { shared, added } = versionColumns(context, model, one, target);
  const constraints = listOf(written.constraints).filter(isMapping);
  if (constraints.length > 0) checkConstraints(context, [...path, 'constraints'], constraints);
  const description = typeof written.description === 'string' ? written.description : '';
  return {
    version,
    description,
    config: versionConfig(written),
    docs: docUses(description, path),
    columns: [...shared.columns, ...added.columns],
    primaryKeys: [...shared.primaryKeys, ...added.primaryKeys].filter(
      (key) => model.columns.primaryKeys.includes(key) || added.primaryKeys.includes(key),
    ),
    tests: [...shared.tests, ...added.tests, ...versionTests(context, model, one, target)],
    ...(typeof written.defined_in === 'string' ? { definedIn: written.defined_in } : {}),
    ...(constraints.length > 0 ? { constraints } : {}),
    ...(typeof written.deprecation_date === 'string' ? { deprecationDate: written.deprecation_date } : {}),
  };
}

/** What was read of the model is read again for a version, and its problems were told then. */
const quiet = (context: ReadContext): ReadContext => ({ ...context, report: () => undefined });

/** The columns that a version has of the model, and its own. */
function versionColumns(
  context: ReadContext,
  { entry, path: entryPath }: VersionedModel,
  { written, path }: WrittenVersion,
  target: TestTarget,
): { readonly shared: ReadColumns; readonly added: ReadColumns } {
  const options = { target, quoteColumns: entry.quote_columns === true };
  const { includes, own } = splitColumns(context, path, written.columns);
  const positions = listOf(entry.columns);
  const inherited = positions.filter((column) => isMapping(column) && includes(column.name));
  const basePath = [...entryPath, 'columns'];
  const rangeOf: ReadContext['rangeOf'] = (list, index, at) => {
    const column = inherited[Number(at[basePath.length])];
    const original = column === undefined ? -1 : positions.indexOf(column);
    return context.rangeOf(list, index, [...basePath, original, ...at.slice(basePath.length + 1)]);
  };
  return {
    shared: readColumns({ ...quiet(context), rangeOf }, basePath, inherited, options),
    added: readColumns(context, [...path, 'columns'], own, options),
  };
}

/** The tests of a version itself: its own, or else the model's. */
function versionTests(
  context: ReadContext,
  model: VersionedModel,
  { written, path }: WrittenVersion,
  target: TestTarget,
): readonly TestFacts[] {
  const hasOwn = hasTests(written);
  const own = testsOf(context, path, written);
  const tests = own ?? (hasOwn ? undefined : testsOf(quiet(context), model.path, model.entry));
  return tests ? readTests(context, hasOwn ? path : model.path, tests, { target }) : [];
}

function hasTests(written: JsonObject): boolean {
  return (
    (written.tests !== undefined && written.tests !== null) ||
    (written.data_tests !== undefined && written.data_tests !== null)
  );
}

function versionConfig(written: JsonObject): JsonObject {
  const config: Record<string, Json> = isMapping(written.config) ? { ...written.config } : {};
  if (typeof written.access === 'string') config.access ??= written.access;
  if (isMapping(written.docs)) config.docs ??= written.docs;
  return config;
}

/** `columns:` of a version: at most one `include`/`exclude` of the model's columns, and columns of its own. */
function splitColumns(
  context: ReadContext,
  path: YamlPath,
  written: Json | undefined,
): { includes: (name: Json | undefined) => boolean; own: Json | undefined } {
  const list = listOf(written);
  const rules = list.filter(
    (item): item is JsonObject => isMapping(item) && !('name' in item) && ('include' in item || 'exclude' in item),
  );
  if (rules.length > 1) {
    const span = context.span([...path, 'columns']);
    context.report(error('parse/version', 'A version can have one include or exclude at most', { span }));
  }
  const [rule] = rules;
  if (rule !== undefined) checkRule(context, [...path, 'columns', list.indexOf(rule)], rule);
  const included = rule?.include ?? 'all';
  const excluded = listOf(rule?.exclude);
  const all = included === 'all' || included === '*';
  return {
    includes: (name) => name !== undefined && (all || listOf(included).includes(name)) && !excluded.includes(name),
    own: rules.length > 0 ? list.filter((item) => !rules.includes(item as JsonObject)) : written,
  };
}

function checkRule(context: ReadContext, path: YamlPath, rule: JsonObject): void {
  checkShape(context, path, rule, columnRuleShape, 'refuse');
  if (rule.include !== undefined) return;
  const hint = "Write include: all beside 'exclude'";
  reportError(context, path, 'missing-key', "What a version has of its model's columns needs 'include'", hint);
}

function listOf(value: Json | undefined): readonly Json[] {
  if (Array.isArray(value)) return value as readonly Json[];
  return value === undefined || value === null ? [] : [value];
}

function highest(versions: readonly VersionFacts[]): Version | null {
  const allNumbers = versions.every(({ version }) => !Number.isNaN(Number(version)) && String(version).trim() !== '');
  const above = (a: Version, b: Version): boolean => (allNumbers ? Number(a) > Number(b) : String(a) > String(b));
  let best: Version | null = null;
  for (const { version } of versions) if (best === null || above(version, best)) best = version;
  return best;
}
