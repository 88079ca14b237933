// Data that does not fit a schema, told to who wrote it. Knows neither files nor what the data is for.
export type { DataPath } from './data-path.ts';
export { schemaProblems } from './schema-problems.ts';
export { showValue } from './words.ts';
