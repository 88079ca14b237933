import { describe, expect, test } from 'vitest';
import { judgeTest, type NodeConfig, standardStatements, type Table, testStatement } from '../../../src/core/index.ts';

const config = (settings: object = {}) => settings as unknown as NodeConfig;
const answer = (failures: unknown, warn: unknown, fail: unknown): Table => ({
  columns: ['FAILURES', 'should_warn', 'should_error'].map((name) => ({ name, type: '' })),
  rows: [[failures, warn, fail]] as Table['rows'],
});

describe('the statement of a test', () => {
  test('by default counts the rows', () => {
    expect(testStatement(config(), 'select 1 -- end', standardStatements())).toBe(
      [
        'select',
        '  count(*) as failures,',
        '  count(*) != 0 as should_warn,',
        '  count(*) != 0 as should_error',
        'from (',
        'select 1 -- end',
        ') dbt_internal_test',
      ].join('\n'),
    );
  });

  test('takes calculation, thresholds and limit from the settings', () => {
    const settings = config({ fail_calc: 'sum(n)', warn_if: '> 1', error_if: '> 10', limit: 5 });
    expect(testStatement(settings, 'select 1 as n', standardStatements())).toBe(
      [
        'select',
        '  sum(n) as failures,',
        '  sum(n) > 1 as should_warn,',
        '  sum(n) > 10 as should_error',
        'from (',
        'select *\nfrom (\nselect 1 as n\n) as limited_rows\nlimit 5',
        ') dbt_internal_test',
      ].join('\n'),
    );
  });
});

describe('the verdict', () => {
  test.each([
    [{}, answer(0, false, false), { status: 'pass', message: '', failures: 0 }],
    [{}, answer(2, true, true), { status: 'fail', message: 'Got 2 results, configured to fail if != 0', failures: 2 }],
    [{}, answer(1, true, true), { status: 'fail', message: 'Got 1 result, configured to fail if != 0', failures: 1 }],
    [
      { severity: 'warn' },
      answer(2, true, true),
      { status: 'warn', message: 'Got 2 results, configured to warn if != 0', failures: 2 },
    ],
    [
      { warn_if: '> 1', error_if: '> 10' },
      answer(5, true, false),
      { status: 'warn', message: 'Got 5 results, configured to warn if > 1', failures: 5 },
    ],
    [{ warn_if: '> 1', error_if: '> 10' }, answer(1, false, false), { status: 'pass', message: '', failures: 0 }],
    [{ severity: 'Error' }, answer(3, 1, 1), { status: 'fail', failures: 3 }],
    [{}, answer(3, 'true', 'f'), { status: 'warn', failures: 3 }],
    [{}, answer(null, null, null), { status: 'pass', failures: 0 }],
    [{}, answer('2.5', true, true), { status: 'fail', failures: 2.5 }],
  ])('%j %#', (settings, table, verdict) => {
    expect(judgeTest(config(settings), table, false)).toMatchObject(verdict);
  });

  test('with --warn-error a warning is a failure', () => {
    expect(judgeTest(config({ severity: 'warn', warn_if: '> 0' }), answer(2, true, true), true)).toEqual({
      status: 'fail',
      message: 'Got 2 results, configured to fail if > 0',
      failures: 2,
    });
  });
});
