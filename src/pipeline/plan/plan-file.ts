import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { PlanDocument } from '../../4-plan/index.ts';
import type { Call } from '../../cli/engine/call.ts';
import { error, type JsonObject, Problem, readRefusal } from '../../core/index.ts';

const texts = z.array(z.string());
const text = z.string().nullable();

const request = z.object({
  select: texts,
  exclude: texts,
  selector: text,
  resource_types: texts.nullable(),
  exclude_resource_types: texts.nullable(),
  indirect_selection: z.enum(['eager', 'cautious', 'buildable', 'empty']),
  full_refresh: z.boolean(),
  empty: z.boolean(),
  vars: z.record(z.string(), z.json()),
});

const schema = z.object({
  ingot_plan: z.literal(1),
  project: z.string(),
  target: z.string(),
  request: z.looseObject(request.shape),
  before: texts,
  steps: z.array(
    z.object({
      id: z.string(),
      type: z.string(),
      part: z.enum(['stage', 'publish']).nullable(),
      reasons: z.array(z.object({ why: z.string(), partitions: text, parent: text })),
      partitions: text,
      count: z.number(),
      batch_size: z.number(),
      batches: z.number(),
      waits_for: texts,
      staged: texts,
      code: text,
      state: z.object({ filled: z.string(), failed: z.string(), digest: z.string() }).nullable(),
      compiled: text,
      statements: texts.nullable(),
    }),
  ),
  after: texts,
  not_built: z.array(z.looseObject({ id: z.string() })),
});

/** What was asked for, for the file: what `withPlan` needs to ask for it again. */
export function requestOf(call: Call): JsonObject {
  const { partitions } = call;
  return {
    select: [...call.select],
    exclude: [...call.exclude],
    selector: call.selector ?? null,
    resource_types: call.resourceTypes ? [...call.resourceTypes] : null,
    exclude_resource_types: call.excludeResourceTypes ? [...call.excludeResourceTypes] : null,
    indirect_selection: call.indirectSelection,
    full_refresh: call.fullRefresh,
    empty: call.empty,
    vars: call.vars,
    partition: [...(partitions?.keys ?? [])],
    from: partitions?.from ?? null,
    to: partitions?.to ?? null,
    dimension: Object.fromEntries(
      Object.entries(partitions?.dimensions ?? {}).map(([name, values]) => [name, [...values]]),
    ),
    stale: partitions?.only.includes('stale') ?? false,
  };
}

/** What the plan says, and the command line must not say again. */
const asked = [
  ...['select', 'exclude', 'selector', 'resource_types', 'exclude_resource_types', 'indirect_selection'],
  ...['partition', 'from', 'to', 'dimension', 'stale', 'batch_size', 'full_refresh', 'empty', 'vars'],
];

/** The call that carries out a plan. Throws `Problem` for a file that is none. */
export function withPlan(call: Call, file: string): Call {
  const other = asked.find((name) => call.given.has(name));
  if (other !== undefined) {
    const message = `--${other.replaceAll('_', '-')} is not allowed together with --plan`;
    throw new Problem(error('cli/flags-together', message, { hint: 'The plan says what is built' }));
  }
  const planned = readPlan(file);
  const plan = request.parse(planned.request);
  return {
    ...call,
    select: plan.select,
    exclude: plan.exclude,
    selector: plan.selector ?? undefined,
    resourceTypes: plan.resource_types ?? undefined,
    excludeResourceTypes: plan.exclude_resource_types ?? undefined,
    indirectSelection: plan.indirect_selection,
    fullRefresh: plan.full_refresh,
    empty: plan.empty,
    vars: plan.vars as JsonObject,
    planned,
  };
}

function readPlan(file: string): PlanDocument {
  const wrong = (message: string): Problem =>
    new Problem(error('cli/plan-file', message, { hint: 'Write one with: ingot plan --output json > plan.json' }));
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (failure) {
    throw wrong(`The plan ${file} cannot be read: ${readRefusal(failure)}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    throw wrong(`${file} is no plan: it is not JSON`);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data as unknown as PlanDocument;
  const [issue] = result.error.issues;
  throw wrong(`${file} is no plan that this version of Ingot can read: ${issue?.path.join('.')}: ${issue?.message}`);
}
