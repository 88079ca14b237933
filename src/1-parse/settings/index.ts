export { besideMacros } from './beside-macros.ts';
export { unknownDialect } from './check-meaning.ts';
export { placeInProject } from './place.ts';
export { openProjectFile, type ProjectFile } from './project-file.ts';
export { findProjectRoot, projectFileIn } from './project-root.ts';
export { packageListScope, readProject } from './read.ts';
export { placeInSelectors } from './selectors.ts';
export { satisfiesVersion } from './version.ts';
export { yamlScope } from './yaml-scope.ts';
