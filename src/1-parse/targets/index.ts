export { describeTarget } from './describe.ts';
export { type ReadTargetRequest, type ReadTargetResult, readTarget } from './read.ts';
export { withSecrets } from './secrets.ts';
