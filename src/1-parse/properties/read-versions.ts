import { error, isMapping, type Json, type JsonObject } from '../../core/index.ts';
import type { YamlPath } from '../yaml/index.ts';
import { checkShape, type ReadContext, reportError } from './context.ts';
import { docUses } from './doc-uses.ts';
import type { DescribedContent, VersionFacts } from './facts.ts';
import { checkConstraints, type ReadColumns, readColumns, testsOf } from './read-columns.ts';
import { readTest, type TestTarget } from './read-test.ts';
import { columnRuleShape, versionShape } from './shapes.ts';

type Version = string | number;

/** Reads `versions:` of a model: each has the columns and tests of the model unless it says otherwise. */
export function readVersions(
  context: ReadContext,
  entry: JsonObject,
  name: string,
  path: YamlPath,
  base: ReadColumns,
): Pick<DescribedContent, 'versions' | 'latestVersion'> {
  const versions: VersionFacts[] = [];
  const seen = new Set<string>();
  for (const [index, written] of (entry.versions as readonly Json[]).entries()) {
    const at = [...path, 'versions', index];
    if (!isMapping(written)) continue;
    checkShape(context, at, written, versionShape, 'refuse');
    const version = written.v;
    if (typeof version !== 'string' && typeof version !== 'number') {
      if (version === undefined) reportError(context, at, 'version', "A version needs a 'v'");
      continue;
    }
    if (seen.has(String(version))) {
      reportError(context, [...at, 'v'], 'version', `Version ${version} of '${name}' is there twice`);
      continue;
    }
    seen.add(String(version));
    versions.push(readVersion(context, entry, name, path, written, version, at, base));
  }
  const latest = entry.latest_version;
  const latestVersion = typeof latest === 'string' || typeof latest === 'number' ? latest : null;
  if (latestVersion && !versions.some(({ version }) => version === latestVersion)) {
    const known = versions.map(({ version }) => String(version)).join(', ');
    const message = `latest_version ${latestVersion} is not one of the versions of '${name}': ${known}`;
    reportError(context, [...path, 'latest_version'], 'version', message);
  }
  return { versions, latestVersion: latestVersion ?? highest(versions) };
}

function readVersion(
  context: ReadContext,
  entry: JsonObject,
  name: string,
  entryPath: YamlPath,
  written: JsonObject,
  version: Version,
  path: YamlPath,
  base: ReadColumns,
): VersionFacts {
  const target: TestTarget = {
    relation: `ref('${name}', version='${version}')`,
    name: `${name}_v${version}`,
    isSource: false,
    version,
  };
  const options = { target, quoteColumns: entry.quote_columns === true };
  const { includes, own } = splitColumns(context, path, written.columns);
  const inherited = listOf(entry.columns).filter((column) => isMapping(column) && includes(column.name));
  // The base columns were checked once already.
  const quiet: ReadContext = { ...context, report: () => undefined };
  const basePath = [...entryPath, 'columns'];
  const positions = listOf(entry.columns);
  const rangeOf: ReadContext['rangeOf'] = (list, index, at) => {
    const column = inherited[Number(at[basePath.length])];
    const original = column === undefined ? -1 : positions.indexOf(column);
    return context.rangeOf(list, index, [...basePath, original, ...at.slice(basePath.length + 1)]);
  };
  const shared = readColumns({ ...quiet, rangeOf }, basePath, inherited, options);
  const added = readColumns(context, [...path, 'columns'], own, options);
  const tests = testsOf(context, path, written) ?? (hasTests(written) ? undefined : testsOf(quiet, entryPath, entry));
  const testsPath = hasTests(written) ? path : entryPath;
  const entryTests = (tests?.list ?? []).flatMap((test, index) => {
    const at = [...testsPath, tests?.key ?? 'tests', index];
    return readTest(context, at, test, target, undefined, context.rangeOf(tests?.list ?? [], index, at)) ?? [];
  });
  const constraints = listOf(written.constraints).filter(isMapping);
  if (constraints.length > 0) checkConstraints(context, [...path, 'constraints'], constraints);
  const description = typeof written.description === 'string' ? written.description : '';
  return {
    version,
    description,
    config: versionConfig(written),
    docs: docUses(description, [...path, 'description']),
    columns: [...shared.columns, ...added.columns],
    primaryKeys: [...shared.primaryKeys, ...added.primaryKeys].filter(
      (key) => base.primaryKeys.includes(key) || added.primaryKeys.includes(key),
    ),
    tests: [...shared.tests, ...added.tests, ...entryTests],
    ...(typeof written.defined_in === 'string' ? { definedIn: written.defined_in } : {}),
    ...(constraints.length > 0 ? { constraints } : {}),
    ...(typeof written.deprecation_date === 'string' ? { deprecationDate: written.deprecation_date } : {}),
  };
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
