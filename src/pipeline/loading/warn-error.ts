import { type ProjectSettings, placeInProject } from '../../1-parse/index.ts';
import type { Call } from '../../cli/engine/call.ts';
import { type Diagnostic, isMapping, type JsonObject, Problem, textsIn } from '../../core/index.ts';
import { deprecations, isEverything, warningOptionProblems } from './warning-options.ts';

/** What the user said about warnings: all of them are errors, or some of them by dbt's names. */
export interface WarningRules {
  /** `--warn-error`. */
  readonly all: boolean;
  /** `--warn-error-options`: `error` (also `include`), `warn` (also `exclude`), `silence`. */
  readonly options: JsonObject;
  /** Whether all warnings are meant; else those are left out of `all` that dbt only showed in earlier versions. */
  readonly withLater: boolean;
}

/** Become errors with `require_all_warnings_handled_by_warn_error` only. */
const laterWarnings: ReadonlySet<string> = new Set(['graph/microbatch-inputs']);

/** dbt's names for what Ingot's warnings say, as `--warn-error-options` takes them. */
const names: Readonly<Record<string, readonly string[]>> = {
  'graph/contract-changed': ['UnversionedBreakingChange'],
  'graph/large-seed': ['SeedExceedsLimitSamePath', 'SeedExceedsLimitAndPathChanged', 'SeedIncreased'],
  'graph/deprecated-ref': ['DeprecatedReference'],
  'graph/microbatch-inputs': ['MicrobatchModelNoEventTimeInputs'],
  'graph/nothing-selected': ['NoNodesForSelectionCriteria'],
  'graph/soon-deprecated-ref': ['UpcomingReferenceDeprecation'],
  'graph/unknown-ref': ['NodeNotFoundOrDisabled'],
  'graph/unknown-source': ['NodeNotFoundOrDisabled'],
  'graph/disabled-source': ['NodeNotFoundOrDisabled'],
  'parse/deprecated-model': ['DeprecatedModel'],
  'parse/duplicate-key': ['DuplicateYAMLKeysDeprecation'],
  'parse/name-with-blank': ['ResourceNamesWithSpacesDeprecation', 'SpacesInResourceNameDeprecation'],
  'parse/old-key': ['ConfigDataPathDeprecation', 'ConfigSourcePathDeprecation', 'ConfigLogPathDeprecation'],
  'parse/template-warning': ['JinjaLogWarning'],
  'parse/unknown-key': ['CustomKeyInObjectDeprecation', 'CustomTopLevelKeyDeprecation'],
  'parse/unknown-patch': ['NoNodeForYamlKey', 'MacroNotFoundForPatch'],
  'parse/unknown-setting': ['CustomKeyInConfigDeprecation'],
  'parse/unused-override': ['UnusedTables'],
  'parse/unused-settings': ['UnusedResourceConfigPath'],
  'parse/wrong-section': ['WrongResourceSchemaFile'],
  'run/nothing-to-do': ['NothingToDo'],
};

/** The command line's rules, or, where it says nothing, those of the project file's `flags:`. Throws `Problem` for wrong ones. */
export function warningRules(
  call: Pick<Call, 'given' | 'warnError' | 'warnErrorOptions'>,
  settings: ProjectSettings,
): WarningRules {
  const { given } = call;
  const { flags } = settings;
  const fromProject = given.has('warn_error_options') ? undefined : flags.warn_error_options;
  const isProjects = isMapping(fromProject);
  const options = isProjects ? fromProject : call.warnErrorOptions;
  const problems = warningOptionProblems(options, (path) =>
    isProjects ? placeInProject(settings, ['flags', 'warn_error_options', ...path]) : undefined,
  );
  if (problems.length > 0) throw new Problem(...problems);
  const withLater = flags.require_all_warnings_handled_by_warn_error === true;
  return { all: given.has('warn_error') || flags.warn_error !== true ? call.warnError : true, options, withLater };
}

/** Warnings become errors, or are left out, as the user said. What is named counts before `Deprecations`, that before `all`. */
export function judgeWarnings(diagnostics: readonly Diagnostic[], rules: WarningRules): readonly Diagnostic[] {
  const judge = judgeOf(rules);
  if (judge === undefined) return diagnostics;
  return diagnostics.flatMap((diagnostic) => {
    if (diagnostic.severity !== 'warning') return [diagnostic];
    if (!rules.withLater && laterWarnings.has(diagnostic.code)) return [diagnostic];
    const verdict = judge(names[diagnostic.code] ?? []);
    if (verdict === 'silence') return [];
    return [verdict === 'error' ? { ...diagnostic, severity: 'error' as const } : diagnostic];
  });
}

/** Whether a warning is an error that nobody tells as a diagnostic, by dbt's name for it. */
export const isError = (name: string, rules: WarningRules): boolean => judgeOf(rules)?.([name]) === 'error';

type Verdict = 'error' | 'warn' | 'silence';

function judgeOf({ all, options }: WarningRules): ((names: readonly string[]) => Verdict) | undefined {
  const errors = options.error ?? options.include;
  const everything = all || isEverything(errors);
  const said: Readonly<Record<Verdict, readonly string[]>> = {
    silence: textsIn(options.silence),
    warn: textsIn(options.warn ?? options.exclude),
    error: textsIn(errors),
  };
  if (!everything && Object.values(said).every((list) => list.length === 0)) return undefined;
  const find = (wanted: readonly string[]): Verdict | undefined =>
    (['silence', 'warn', 'error'] as const).find((verdict) => said[verdict].some((name) => wanted.includes(name)));
  return (wanted) => {
    const isDeprecation = wanted.some((name) => name.endsWith('Deprecation'));
    return find(wanted) ?? (isDeprecation ? find([deprecations]) : undefined) ?? (everything ? 'error' : 'warn');
  };
}
