import { describe, expect, it } from 'vitest';
import type { NodeChange, ReviewProblem, ReviewResult } from '../../../../src/core/index.ts';
import { verdictOf } from '../../../../src/pipeline/ci/verdict.ts';

const change = (reach: NodeChange['class'], more: Partial<NodeChange> = {}): NodeChange => ({
  id: 'model.orders',
  name: 'orders',
  resourceType: 'model',
  file: 'models/orders.sql',
  change: 'modified',
  class: reach,
  reasons: [{ part: 'column', class: reach, text: 'report reads amount, which is gone' }],
  columns: [],
  understood: true,
  ...more,
});
const result = (status: string, more: Partial<ReviewResult> = {}): ReviewResult => ({
  id: 'test.t',
  name: 't',
  resourceType: 'test',
  status,
  seconds: 1,
  ...more,
});
type Found = Parameters<typeof verdictOf>[0];
const verdict = (nodes: readonly NodeChange[], more: Partial<Found> = {}) =>
  verdictOf({
    changes: { nodes, affected: [] },
    problems: [],
    results: [],
    leftOut: [],
    failOn: 'breaking',
    interrupted: false,
    ...more,
  });

describe('a review', () => {
  it('fails for a change of the class that it is to fail on, and for any that reaches further', () => {
    expect(verdict([change('rows')]).status).toBe('passed');
    expect(verdict([change('rows')], { failOn: 'values' }).status).toBe('failed');
    expect(verdict([change('breaking')])).toEqual({
      status: 'failed',
      text: '1 changed, 0 affected',
      because: ['orders has a change of the class breaking: report reads amount, which is gone'],
    });
  });

  it('passes with an accepted break, and with any where nothing is to fail it', () => {
    const accepted = { reason: 'agreed', until: '2027-01-01' };
    expect(verdict([change('breaking', { accepted })]).status).toBe('passed');
    expect(verdict([change('breaking')], { failOn: 'never' }).status).toBe('passed');
  });

  it('fails for an error, a failed node and a failed test, and not for warnings', () => {
    const problem: ReviewProblem = { code: 'a/b', severity: 'error', message: 'No such column' };
    const place = { file: 'models/a.sql', line: 3, column: 7 };
    const warning: ReviewProblem = { ...problem, severity: 'warning' };
    const failed = verdict([], {
      problems: [{ ...problem, place }, warning],
      results: [
        result('fail', { failures: 2 }),
        result('error', { resourceType: 'model', name: 'orders', message: 'No table\nLINE 1' }),
        result('warn', { failures: 1 }),
      ],
    });
    expect(failed.because).toEqual([
      'models/a.sql:3: No such column',
      'The test t failed: 2 rows',
      'The model orders failed: No table',
    ]);
    expect(verdict([], { problems: [warning], results: [result('warn')] }).status).toBe('passed');
  });

  it('fails where it was interrupted, and says when there was nothing to look at', () => {
    expect(verdict([], { interrupted: true }).because).toEqual(['The review was interrupted']);
    expect(verdict([]).text).toBe('Nothing that data depends on changed');
  });
});
