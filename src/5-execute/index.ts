// execute: Plan → Events

export type { ExecuteContext, RetriedRun, StepContext, UnitTesting } from './context.ts';
export { compareData } from './data-diff/compare.ts';
export type { Side } from './data-diff/sides.ts';
export { execute, type Outcome } from './execute.ts';
export { describeFailure, explainFailure } from './failure.ts';
export { modelName } from './model-name.ts';
export { looksAtRows } from './publication/looks-at-rows.ts';
export { restOf } from './publication/partition-relations.ts';
export { type KeptAsset, type Quarantined, readQuarantined } from './publication/quarantined.ts';
export { drop, previewOf, release } from './publication/release.ts';
export { rehearse } from './rehearse.ts';
export { canStage } from './run-materialization.ts';
export { runOperation } from './run-operation.ts';
export { buildsOnItself } from './turns.ts';
