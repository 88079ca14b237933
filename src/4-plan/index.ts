// plan: Compilation + State + request → Plan

export { batchesOf, countBatches } from './batches.ts';
export { chooseAlone, hasMoreThanOneBuild, looksBack } from './choose-alone.ts';
export type { ChosenKeys } from './choose-keys.ts';
export { createPlan, type PlanRequest } from './create-plan.ts';
export { canBeHeldBack, holdBack, publishesAfterTests } from './hold-back.ts';
export { noPartitionsYet } from './no-partitions.ts';
export type { EventTime, PartitionPlanning, PartitionState } from './partition-planning.ts';
export { namesPartitions } from './partition-request.ts';
export type { ExceptedPartitions, Plan, Step } from './plan.ts';
export {
  asPlanned,
  changesSince,
  type PlanDocument,
  type PlannedStep,
  planDocument,
  plannedKeys,
} from './plan-document.ts';
export { planPartitions, withoutIdle } from './plan-partitions.ts';
export {
  type AssetState,
  assetStates,
  byStatus,
  failedKeys,
  keptBackKeys,
  outdatedKeys,
  type PartitionStatus,
  partitionStatuses,
  type RecordedAttempt,
  type StateRecords,
} from './state/asset-state.ts';
export { foldLedger } from './state/publications.ts';
export type { ChangedLogic } from './state/rebuilds.ts';
export type { StaleCause } from './state/stale.ts';
export { type Explanation, explain, type Fact, type Verdict } from './state/why.ts';
