// parse: files → Project

export { isUnchanged } from './cache/stamp.ts';
export { findMacro, macroScope, macroSearchOrder, macroValue, ownMacros } from './macros/macro-values.ts';
export { withDependencies } from './nodes/lazy.ts';
export { nodeRelation, quotePart, sourceRelation } from './nodes/relation-name.ts';
export { parseCacheFile, parseProject } from './parse-project.ts';
export type {
  LayerRule,
  ParseProjectInput,
  Project,
  ProjectSettings,
  ProjectStamp,
  RawResource,
  SelectorDefinition,
} from './project.ts';
export { findVar, varNames } from './rendering/vars.ts';
export * from './settings/index.ts';
export * from './targets/index.ts';
export { resolveTestArguments, testArgumentsName } from './tests/test-arguments.ts';
export { findTest, type TestDefinition } from './tests/test-macro.ts';
