import { describe, expect, it } from 'vitest';
import { type StepFinished, wholeNodes } from '../../../src/core/index.ts';

const step = (change: Partial<StepFinished>): StepFinished => ({
  kind: 'step-finished',
  at: 20,
  nodeId: 'model.shop.orders',
  thread: 1,
  status: 'success',
  startedAt: 10,
  message: 'OK',
  failures: null,
  rowsAffected: null,
  diagnostics: [],
  ...change,
});

const day = (number: number, change: Partial<StepFinished> = {}): StepFinished =>
  step({ partition: `2024-01-0${number}`, startedAt: number * 10, at: number * 10 + 5, ...change });

describe('the results of a run', () => {
  it('have one for a node of which several partitions were built, from the first start to the last end', () => {
    const other = step({ nodeId: 'model.shop.items' });
    const results = wholeNodes([day(2, { rowsAffected: 3 }), other, day(1, { rowsAffected: 4 })]);
    expect(results.map(({ nodeId }) => nodeId)).toEqual(['model.shop.items', 'model.shop.orders']);
    expect(results[1]).toMatchObject({ status: 'success', message: 'OK', rowsAffected: 7, startedAt: 10, at: 25 });
    expect(results[1]?.partition).toBeUndefined();
  });

  it('may be of very many partitions', () => {
    const many = Array.from({ length: 200_000 }, (_, at) => day(1, { startedAt: at + 10, at: at + 11 }));
    expect(wholeNodes(many)).toMatchObject([{ status: 'success', startedAt: 10, at: 200_010 }]);
  });

  it('are a partial success where some partitions failed, with what was said of these', () => {
    const [result] = wholeNodes([day(1), day(2, { status: 'error', message: 'no such column' }), day(3)]);
    expect(result?.status).toBe('partial success');
    expect(result?.message).toBe('2 of 3 partitions are well\n[2024-01-02] no such column');
  });

  it('are an error where none is well, and skipped where none ran', () => {
    const failed = day(1, { status: 'error', message: 'no' });
    expect(wholeNodes([failed, day(2, { status: 'skipped', message: '' })])[0]?.status).toBe('error');
    const skipped = [1, 2].map((number) => day(number, { status: 'skipped', message: '' }));
    expect(wholeNodes(skipped)[0]).toMatchObject({ status: 'skipped', message: '' });
  });

  it('of a test have the worst of its verdicts and all failures', () => {
    const verdicts = (...statuses: StepFinished['status'][]) =>
      wholeNodes(
        statuses.map((status, index) =>
          day(index + 1, { nodeId: 'test.shop.unique', status, failures: status === 'pass' ? 0 : 2 }),
        ),
      )[0];
    expect(verdicts('pass', 'pass')).toMatchObject({ status: 'pass', failures: 0 });
    expect(verdicts('pass', 'warn')).toMatchObject({ status: 'warn', failures: 2 });
    expect(verdicts('fail', 'warn', 'pass', 'fail')).toMatchObject({ status: 'fail', failures: 6 });
    expect(verdicts('no-op', 'pass')?.status).toBe('pass');
  });

  it('count what a test said of partitions that were not built as that of others', () => {
    const rest = step({ nodeId: 'model.shop.orders', status: 'fail', message: 'Got 1 result', failures: 1 });
    const results = wholeNodes([rest, day(1, { status: 'pass' }), day(2, { status: 'pass' })]);
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({ status: 'fail', failures: 1 });
    expect(results[0]?.message).toBe('2 of 2 partitions are well\n[the others] Got 1 result');
  });

  it('repeat what was said of ten partitions at most', () => {
    const failed = Array.from({ length: 15 }, (_, index) =>
      step({ partition: `p${index}`, status: 'error', message: 'no' }),
    );
    expect(wholeNodes(failed)[0]?.message.split('\n')).toHaveLength(12);
    expect(wholeNodes(failed)[0]?.message).toContain('and 5 more');
  });
});
