// plan: Compilation + State + request → Plan

export { batchesOf, countBatches } from './batches.ts';
export { chooseAlone, hasMoreThanOneBuild, looksBack } from './choose-alone.ts';
export type { ChosenKeys } from './choose-keys.ts';
export { createPlan, type PlanRequest } from './create-plan.ts';
export { publishesAfterTests } from './hold-back.ts';
export { noPartitionsYet } from './no-partitions.ts';
export type { EventTime, PartitionPick, PartitionPlanning, PartitionState } from './partition-planning.ts';
export { namesPartitions, type PartitionRequest } from './partition-request.ts';
export type { LeftOut, Plan, Step, StepReason } from './plan.ts';
export {
  asPlanned,
  changesSince,
  type DocumentInput,
  type PlanDocument,
  type PlannedStep,
  planDocument,
  plannedKeys,
} from './plan-document.ts';
export { planPartitions, withoutIdle } from './plan-partitions.ts';
export {
  type AssetState,
  type Attempt,
  assetStates,
  byStatus,
  failedKeys,
  outdatedKeys,
  type PartitionStatus,
  partitionStatuses,
  type RecordedAttempt,
  type StateRecords,
} from './state/asset-state.ts';
export { foldLedger, type Publication } from './state/publications.ts';
export type { ChangedLogic } from './state/rebuilds.ts';
export type { StaleCause, StaleKeys } from './state/stale.ts';
export { type Explanation, explain, type Fact, type Verdict } from './state/why.ts';
