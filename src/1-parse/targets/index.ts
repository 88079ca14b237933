export { type ReadTargetRequest, type ReadTargetResult, readTarget } from './read.ts';
