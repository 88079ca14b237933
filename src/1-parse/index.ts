// parse: files → Project

export { editedCode } from './cache/edited-code.ts';
export { type ChangedFile, changedFiles, seenNow } from './cache/stamp.ts';
export { initialOf } from './config/configurator.ts';
export { valueInProject } from './config/project-place.ts';
export { settingPlace } from './config/setting-place.ts';
export { findMaterialization } from './macros/find-materialization.ts';
export {
  findMacro,
  implementationOf,
  macroScope,
  macroSearchOf,
  macroSearchOrder,
  macroValue,
  overridingMacro,
  ownFunction,
  ownMacros,
  PackageMacros,
} from './macros/macro-values.ts';
export { NodeValue } from './names/node-value.ts';
export { isLarge, largeParts, withFields } from './nodes/lazy.ts';
export { nodeRelation, quotePart, sourceRelation, sourceTable, stageOf } from './nodes/relation-name.ts';
export {
  type GitPackage,
  type HubPackage,
  type LocalPackage,
  lockFile,
  type PackageEntry,
  packageEntries,
  packageFiles,
  readLock,
  readPackageList,
  type TarballPackage,
} from './packages/package-list.ts';
export { parseCacheFile, parseProject } from './parse-project.ts';
export { buildsInOneStep, partitionsOf, readPartitionsOf, steppedPartitionsOf } from './partitions.ts';
export {
  isOfDbt,
  type LayerRule,
  type ParseProjectInput,
  type Project,
  type ProjectSettings,
  type ProjectStamp,
  type SeenFile,
  type SelectorDefinition,
} from './project.ts';
export { varNames, varsWith } from './rendering/vars.ts';
export { docText } from './rendering/world.ts';
export * from './settings/index.ts';
export { staticCalls } from './sql/static-calls.ts';
export * from './targets/index.ts';
export { type UnitTestInput, unitTestInput } from './unit-tests/input.ts';
export { type UnitTestPlaces, unitTestPlace, unitTestPlaces } from './unit-tests/place.ts';
export { readYaml } from './yaml/index.ts';
