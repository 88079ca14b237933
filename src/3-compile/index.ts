// compile: Graph → Compilation

export type { Analyst, AnalystInput } from './analysis/analyst.ts';
export { contractProblems } from './analysis/contract.ts';
export { inheritedDescriptions } from './analysis/inherited-descriptions.ts';
export type { KnownColumns, PackedColumns } from './analysis/known-columns.ts';
export type { NodeAnalysis } from './analysis/node-analysis.ts';
export { openAnalyst } from './analysis/open-analyst.ts';
export { explainRefusedColumn } from './analysis/refused-column.ts';
export { type ColumnTrace, type TraceInput, traceDown, traceUp } from './analysis/trace.ts';
export { findChanges, findSameCode } from './changes/open-changes.ts';
export type { ChangeSide } from './changes/side.ts';
export { type CodeLogics, createCodeLogics } from './code-logic.ts';
export { type CodeVersions, createCodeVersions, type KnownVersions } from './code-version.ts';
export type {
  Batch,
  Called,
  CompiledNode,
  Compiler,
  CompilerInput,
  UnitTestWarehouse,
} from './compilation.ts';
export { createCompiler, createQuietCompiler, nothingBuilt } from './compiler.ts';
export type { KeptByKey } from './kept-by-key.ts';
export { applyEdits } from './lint/apply-edits.ts';
export { activeRules } from './lint/levels.ts';
export { type FileEdit, type Lint, lintCompiled } from './lint/lint-compiled.ts';
export { checkMapping } from './partitions/check-mapping.ts';
export { openTranslator } from './translation/open-translator.ts';
export type { Translator } from './translation/translator.ts';
export { expectedSql } from './unit-tests/expected-sql.ts';
export {
  createSequenceTables,
  type SequenceTable,
  type SequenceTables,
} from './unit-tests/sequence-tables.ts';
export { overridesOf } from './unit-tests/stand-ins.ts';
