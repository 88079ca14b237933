// execute: Plan → Events

export type { ExecuteContext, RetriedRun } from './context.ts';
export { execute, type Outcome } from './execute.ts';
export { describeFailure } from './failure.ts';
