// plan: Compilation + State + request → Plan

export { createPlan, type PlanRequest } from './create-plan.ts';
export type { Plan, Step } from './plan.ts';
