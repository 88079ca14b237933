// compile: Graph → Compilation

export type { Batch, CompiledNode, Compiler, CompilerInput, TemplatePlace } from './compilation.ts';
export { createCompiler } from './compiler.ts';
