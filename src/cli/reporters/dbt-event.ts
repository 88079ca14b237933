import type { JsonObject } from '../../core/index.ts';
import type { Level } from './line.ts';

/** dbt's names of events and their codes. */
const codes = {
  MainReportVersion: 'A001',
  SQLQuery: 'E016',
  FinishedRunningStats: 'E047',
  SQLQueryStatus: 'E017',
  DeprecatedModel: 'I065',
  JinjaLogWarning: 'I061',
  JinjaLogInfo: 'I062',
  JinjaLogDebug: 'I063',
  DeprecatedReference: 'I067',
  NoNodeForYamlKey: 'I058',
  NodeNotFoundOrDisabled: 'I060',
  UnusedResourceConfigPath: 'I051',
  WrongResourceSchemaFile: 'I057',
  FreshnessCheckComplete: 'Q003',
  LogTestResult: 'Q007',
  LogNodeResult: 'Q008',
  LogStartLine: 'Q011',
  LogModelResult: 'Q012',
  LogSnapshotResult: 'Q015',
  LogSeedResult: 'Q016',
  LogFreshnessResult: 'Q018',
  LogNodeNoOpResult: 'Q019',
  LogCancelLine: 'Q022',
  NodeStart: 'Q024',
  NodeFinished: 'Q025',
  ConcurrencyLine: 'Q027',
  LogHookStartLine: 'Q032',
  LogHookEndLine: 'Q033',
  SkippingDetails: 'Q034',
  CommandCompleted: 'Q039',
  ShowNode: 'Q041',
  CompiledNode: 'Q042',
  LogBatchResult: 'Q046',
  LogFunctionResult: 'Q047',
  NoNodesForSelectionCriteria: 'M030',
  NothingToDo: 'Q035',
  FoundStats: 'W006',
  MainEncounteredError: 'Z002',
  RunResultWarning: 'Z021',
  RunResultFailure: 'Z022',
  StatsLine: 'Z023',
  RunResultError: 'Z024',
  SQLCompiledPath: 'Z026',
  EndOfRunSummary: 'Z030',
  RunResultWarningMessage: 'Z046',
  Note: 'Z050',
  PrintEvent: 'Z052',
} as const;

/** Warnings that dbt has an event for: programs look for these names. */
export const warningEvents: Readonly<Record<string, keyof typeof codes>> = {
  'graph/deprecated-ref': 'DeprecatedReference',
  'graph/nothing-selected': 'NoNodesForSelectionCriteria',
  'graph/unknown-ref': 'NodeNotFoundOrDisabled',
  'graph/unknown-source': 'NodeNotFoundOrDisabled',
  'parse/deprecated-model': 'DeprecatedModel',
  'parse/template-warning': 'JinjaLogWarning',
  'parse/unknown-patch': 'NoNodeForYamlKey',
  'parse/unused-settings': 'UnusedResourceConfigPath',
  'parse/wrong-section': 'WrongResourceSchemaFile',
  'run/nothing-to-do': 'NothingToDo',
};

/** One event in dbt's words. */
export interface DbtEvent {
  readonly name: keyof typeof codes;
  readonly level: Level;
  readonly message: string;
  readonly data: JsonObject;
  /** Where it happened. Default: the main thread. */
  readonly thread?: number | undefined;
}

export const codeOf = ({ name }: DbtEvent): string => codes[name];

/** Something said that is no event of a run. */
export const note = (level: Level, text: string): DbtEvent => ({
  name: 'Note',
  level,
  message: text,
  data: { msg: text },
});
