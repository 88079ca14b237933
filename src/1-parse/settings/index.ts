export { besideMacros } from './beside-macros.ts';
export { unknownDialect } from './check-meaning.ts';
export { placeInProject } from './place.ts';
export { openProjectFile, type ProjectFile } from './project-file.ts';
export { type FindProjectRequest, findProjectRoot, projectFileIn } from './project-root.ts';
export { packageListScope, type ReadProjectRequest, type ReadProjectResult, readProject } from './read.ts';
export { placeInSelectors } from './selectors.ts';
export { satisfiesVersion } from './version.ts';
export { type YamlScopeOptions, yamlScope } from './yaml-scope.ts';
