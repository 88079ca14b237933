// compile: Graph → Compilation

export type { Analyst, AnalystInput } from './analysis/analyst.ts';
export type { KnownColumns, PackedColumns } from './analysis/known-columns.ts';
export type { NodeAnalysis, NodeColumn, ParentColumn } from './analysis/node-analysis.ts';
export { openAnalyst } from './analysis/open-analyst.ts';
export { type ColumnTrace, type TraceInput, traceDown, traceUp } from './analysis/trace.ts';
export type { Batch, Called, CompiledNode, Compiler, CompilerInput, MacroCall, TemplatePlace } from './compilation.ts';
export { createCompiler } from './compiler.ts';
export { openTranslator } from './translation/open-translator.ts';
export type { Translator, TranslatorInput } from './translation/translator.ts';
