import type { Event, StepFinished } from '../../../src/core/index.ts';

/** A run's events as execute sends them: two models, a test that fails, a model that is skipped. */
export function runEvents(invocationId = 'run-1', at = 1_700_000_000_000): Event[] {
  return [
    {
      kind: 'run-started',
      at,
      invocationId,
      command: 'build',
      args: { which: 'build', select: ['stg+'] },
      target: 'dev',
      version: '0.1.0',
      steps: [
        { nodeId: 'seed.shop.raw', resourceType: 'seed' },
        { nodeId: 'model.shop.stg', resourceType: 'model' },
        { nodeId: 'test.shop.unique_stg_id.1', resourceType: 'test' },
        { nodeId: 'model.shop.fct', resourceType: 'model' },
      ],
    },
    { kind: 'step-started', at: at + 1, nodeId: 'seed.shop.raw', index: 1, thread: 1 },
    {
      kind: 'statement-finished',
      at: at + 5,
      nodeId: 'seed.shop.raw',
      sql: 'create table raw',
      startedAt: at + 2,
      rowsAffected: 2,
    },
    finished('seed.shop.raw', { at: at + 10, startedAt: at + 1, message: 'INSERT 2', rowsAffected: 2 }),
    { kind: 'step-started', at: at + 11, nodeId: 'model.shop.stg', index: 2, thread: 1 },
    {
      kind: 'statement-finished',
      at: at + 15,
      nodeId: 'model.shop.stg',
      sql: 'create view stg',
      startedAt: at + 12,
      rowsAffected: null,
    },
    finished('model.shop.stg', {
      at: at + 20,
      startedAt: at + 11,
      compileStartedAt: at + 11,
      compileFinishedAt: at + 12,
      message: 'OK',
      relationName: '"dev"."main"."stg"',
    }),
    { kind: 'message', at: at + 20, level: 'info', text: 'hello', nodeId: 'model.shop.stg' },
    { kind: 'step-started', at: at + 21, nodeId: 'test.shop.unique_stg_id.1', index: 3, thread: 1 },
    finished('test.shop.unique_stg_id.1', {
      at: at + 30,
      startedAt: at + 21,
      status: 'fail',
      message: 'Got 3 results, configured to fail if != 0',
      failures: 3,
      compiledPath: 'target/compiled/shop/models/schema.yml/unique_stg_id.sql',
      diagnostics: [
        {
          code: 'execute/test-failed',
          severity: 'error',
          message: 'Got 3 results, configured to fail if != 0',
          span: { file: 'models/schema.yml', start: 4, end: 10 },
        },
      ],
    }),
    finished('model.shop.fct', {
      at: at + 31,
      startedAt: at + 31,
      status: 'skipped',
      message: '',
      skippedBecause: 'test.shop.unique_stg_id.1',
    }),
    { kind: 'run-finished', at: at + 40, outcome: 'failure', elapsedMs: 40 },
  ];
}

/** A step's end, successful unless told otherwise. */
export function finished(nodeId: string, change: Partial<StepFinished>): StepFinished {
  return {
    kind: 'step-finished',
    at: 0,
    nodeId,
    thread: 1,
    status: 'success',
    startedAt: 0,
    message: 'OK',
    failures: null,
    rowsAffected: null,
    diagnostics: [],
    ...change,
  };
}
