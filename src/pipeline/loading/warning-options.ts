import {
  type DataPath,
  type Diagnostic,
  didYouMeanHint,
  error,
  type Json,
  type JsonObject,
  type Span,
} from '../../core/index.ts';

/** What `--warn-error-options` and `flags: warn_error_options` may name: dbt 1.11's warnings, and the group of them. */
const warningNames: ReadonlySet<string> = new Set(
  (
    'AdapterDeprecationWarning AdapterEventWarning ArgumentsPropertyInGenericTestDeprecation BehaviorChangeEvent ' +
    'CatalogGenerationError CollectFreshnessReturnSignature ConfigDataPathDeprecation ConfigLogPathDeprecation ' +
    'ConfigSourcePathDeprecation ConfigTargetPathDeprecation ConstraintNotEnforced ConstraintNotSupported ' +
    'CustomKeyInConfigDeprecation CustomKeyInObjectDeprecation CustomOutputPathInSourceFreshnessDeprecation ' +
    'CustomTopLevelKeyDeprecation DeprecatedModel DeprecatedReference Deprecations DeprecationsSummary ' +
    'DepsScrubbedPackageName DepsUnpinned DuplicateNameDistinctNodeTypesDeprecation DuplicateYAMLKeysDeprecation ' +
    'EnvironmentVariableNamespaceDeprecation EnvironmentVariableRenamed ExposureNameDeprecation ' +
    'FreshnessConfigProblem GenericJSONSchemaValidationDeprecation GetMetaKeyWarning InternalDeprecation ' +
    'InvalidConcurrentBatchesConfig InvalidMacroAnnotation InvalidValueForField JinjaLogWarning LogBatchResult ' +
    'LogFreshnessResult LogFunctionResult LogModelResult LogNodeResult LogSeedResult LogSnapshotResult ' +
    'LogTestResult MFCumulativeTypeParamsDeprecation MFTimespineWithoutYamlConfigurationDeprecation ' +
    'MacroNotFoundForPatch MetricAttributesRenamed MicrobatchMacroOutsideOfBatchesDeprecation ' +
    'MicrobatchModelNoEventTimeInputs MissingArgumentsPropertyInGenericTestDeprecation MissingPlusPrefixDeprecation ' +
    'ModelParamUsageDeprecation ModulesItertoolsUsageDeprecation NoNodeForYamlKey NoNodesForSelectionCriteria ' +
    'NoNodesSelected NodeNotFoundOrDisabled NothingToDo PackageInstallPathDeprecation ' +
    'PackageMaterializationOverrideDeprecation PackageNodeDependsOnRootProjectNode PackageRedirectDeprecation ' +
    'ProjectFlagsMovedDeprecation PropertyMovedToConfigDeprecation ResourceNamesWithSpacesDeprecation ' +
    'RunResultWarning RunResultWarningMessage SeedExceedsLimitAndPathChanged SeedExceedsLimitChecksumChanged ' +
    'SeedExceedsLimitSamePath SeedIncreased SemanticValidationFailure SnapshotTimestampWarning ' +
    'SourceFreshnessProjectHooksNotRun SourceOverrideDeprecation SpacesInResourceNameDeprecation ' +
    'TestsConfigDeprecation UnexpectedJinjaBlockDeprecation UnpinnedRefNewVersionAvailable ' +
    'UnsupportedConstraintMaterialization UnusedResourceConfigPath UnusedTables UnversionedBreakingChange ' +
    'UpcomingReferenceDeprecation ValidationWarning WEOIncludeExcludeDeprecation WarnStateTargetEqual ' +
    'WrongResourceSchemaFile'
  ).split(' '),
);

/** The group of all names that say that something will go away. */
export const deprecations = 'Deprecations';

const keys = ['error', 'warn', 'silence', 'include', 'exclude'];
const oldNames = [
  ['error', 'include'],
  ['warn', 'exclude'],
] as const;

/** What is wrong with rules about warnings: where a name is misspelt, the rule would be none without a word. */
export function warningOptionProblems(
  options: JsonObject,
  placeOf: (path: DataPath) => Span | undefined,
): readonly Diagnostic[] {
  const problem = (path: DataPath, message: string, hint?: string): Diagnostic =>
    error('cli/warn-error-options', message, { span: placeOf(path), hint });
  const found: Diagnostic[] = [];
  for (const [name, old] of oldNames) {
    if (!hasContent(options[name]) || !hasContent(options[old])) continue;
    const message = `Only one of '${name}' and '${old}' can stand in warn_error_options, not both`;
    found.push(problem([old], message, `'${old}' is the old name of '${name}'`));
  }
  for (const [key, value] of Object.entries(options)) {
    if (!keys.includes(key)) {
      const hint = didYouMeanHint(key, keys) ?? 'There are error, warn and silence';
      found.push(problem([key], `'${key}' means nothing in warn_error_options`, hint));
    } else if (Array.isArray(value)) {
      for (const [index, name] of value.entries()) {
        if (typeof name === 'string' && warningNames.has(name)) continue;
        const hint =
          didYouMeanHint(String(name), warningNames) ?? "dbt's names are meant: NodeNotFoundOrDisabled, for example";
        found.push(problem([key, index], `No warning is named '${String(name)}'`, hint));
      }
    } else if (hasContent(value) && !(isEverything(value) && (key === 'error' || key === 'include'))) {
      const hint = typeof value === 'string' ? `Write ${key}: [${value}]` : undefined;
      found.push(problem([key], `'${key}' of warn_error_options has to be a list of names`, hint));
    }
  }
  if (found.length > 0 || !hasContent(options.warn ?? options.exclude) || meansMuch(options)) return found;
  const key = hasContent(options.warn) ? 'warn' : 'exclude';
  const message = `'${key}' of warn_error_options says nothing, since no others are errors`;
  return [problem([key], message, 'Write error: all, or error: [Deprecations], beside it')];
}

/** Whether there is something to except single warnings from. */
function meansMuch({ silence, ...options }: JsonObject): boolean {
  const errors = options.error ?? options.include;
  return isEverything(errors) || [errors, silence].some((list) => Array.isArray(list) && list.includes(deprecations));
}

export function isEverything(errors: Json | undefined): boolean {
  return errors === 'all' || errors === '*';
}

function hasContent(value: Json | undefined): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}
