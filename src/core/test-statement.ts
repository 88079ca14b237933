import type { Cell, Table } from './adapter.ts';
import type { StepStatus } from './event.ts';
import type { NodeConfig } from './node.ts';
import type { Statements } from './statements.ts';

/** `fail_calc`, `warn_if`, `error_if`, `severity`, `limit`, as a test's configuration has them. */
type TestConfig = Readonly<Record<string, unknown>>;

/**
 * The statement that dbt makes of a data test's query: how many failing rows there are (or whatever `fail_calc`
 * computes), and whether that is too many. `failingRows` stands in it letter for letter.
 */
export function testStatement(config: TestConfig, failingRows: string, statements: Statements): string {
  const { failCalc, warnIf, errorIf } = thresholds(config);
  const limit = typeof config.limit === 'number' ? config.limit : undefined;
  return [
    'select',
    `  ${failCalc} as failures,`,
    `  ${failCalc} ${warnIf} as should_warn,`,
    `  ${failCalc} ${errorIf} as should_error`,
    'from (',
    limit === undefined ? failingRows : statements.limited(failingRows, limit),
    ') dbt_internal_test',
  ].join('\n');
}

/** How a data test ended. */
export interface TestVerdict {
  readonly status: StepStatus;
  /** dbt's message, `Got 2 results, configured to fail if != 0`; empty when the test passed. */
  readonly message: string;
  /** Failing rows; 0 when the test passed. */
  readonly failures: number;
}

/**
 * Judges the row that `testStatement` returned. A test whose severity is `warn` only ever warns; `warnError`
 * (`--warn-error`) makes every warning a failure. A calculation over no rows that gives null counts as 0.
 */
export function judgeTest(config: NodeConfig, result: Table, warnError: boolean): TestVerdict {
  const row = result.rows[0] ?? [];
  const named = (name: string) => row[result.columns.findIndex((column) => column.name.toLowerCase() === name)];
  const failures = Number(named('failures') ?? 0);
  const { warnIf, errorIf, severity } = thresholds(config);
  const got = `Got ${failures} ${failures === 1 ? 'result' : 'results'}, configured to`;
  if (severity === 'ERROR' && isTrue(named('should_error'))) {
    return { status: 'fail', message: `${got} fail if ${errorIf}`, failures };
  }
  if (isTrue(named('should_warn'))) {
    return warnError
      ? { status: 'fail', message: `${got} fail if ${warnIf}`, failures }
      : { status: 'warn', message: `${got} warn if ${warnIf}`, failures };
  }
  return { status: 'pass', message: '', failures: 0 };
}

/** What a project's own `get_test_sql` may get wrong. Undefined: the row can be judged. */
export function testResultProblem(result: Table): string | undefined {
  for (const name of ['should_warn', 'should_error']) {
    const value = result.rows[0]?.[result.columns.findIndex((column) => column.name.toLowerCase() === name)];
    if (value === undefined) return `The test's statement has to give one row with the column ${name}`;
    if (typeof value === 'string' && !/^(y|yes|t|true|on|1|n|no|f|false|off|0)$/i.test(value)) {
      return `The column ${name} of the test's statement has to be true or false, not '${value}'`;
    }
  }
  return undefined;
}

/** Whether one failing row is enough, so that it does not matter how many there are of it all. */
export function isJudgedByAnyRow(config: TestConfig): boolean {
  const { failCalc, warnIf, errorIf } = thresholds(config);
  return failCalc === 'count(*)' && [warnIf, errorIf].every((condition) => /^\s*(!=|<>|>)\s*0\s*$/.test(condition));
}

/** Whether a test that fails for some rows fails for more of them, too. */
export function failsForMoreRows(config: TestConfig): boolean {
  const { failCalc, warnIf, errorIf } = thresholds(config);
  const isLowerBound = (condition: string): boolean => /^\s*(>=?\s*\d+|(!=|<>)\s*0)\s*$/.test(condition);
  return failCalc.replace(/\s/g, '').toLowerCase() === 'count(*)' && [warnIf, errorIf].every(isLowerBound);
}

export function thresholds(config: TestConfig) {
  const text = (value: unknown, standard: string) => (typeof value === 'string' && value !== '' ? value : standard);
  return {
    failCalc: text(config.fail_calc, 'count(*)'),
    warnIf: text(config.warn_if, '!= 0'),
    errorIf: text(config.error_if, '!= 0'),
    severity: text(config.severity, 'ERROR').toUpperCase(),
  };
}

/** Warehouses without booleans answer with numbers or words. */
function isTrue(value: Cell | undefined): boolean {
  if (typeof value === 'string') return /^(y|yes|t|true|on|1)$/i.test(value);
  return value === true || (typeof value === 'number' && value !== 0);
}
