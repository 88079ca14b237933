import { type Project, type UnitTestPlaces, unitTestPlaces } from '../../1-parse/index.ts';
import {
  didYouMeanHint,
  error,
  Problem,
  type Span,
  type UnitTestFixture,
  type UnitTestNode,
} from '../../core/index.ts';
import { mostGuesses } from '../../sql/index.ts';

/** Rows of a unit test: what it gives for an input, or what it expects. */
export interface TestRows {
  readonly test: Pick<UnitTestNode, 'name' | 'origin' | 'fixture_files'>;
  readonly fixture: UnitTestFixture;
  /** Where they stand in the test. */
  readonly path: readonly (string | number)[];
  /** As people call them: `ref('orders')`, `the expected rows`. */
  readonly title: string;
}

/** Names of all columns that rows have, as they are written first. */
export function columnsOfRows({ rows }: UnitTestFixture): readonly string[] {
  const names = new Map<string, string>();
  for (const row of typeof rows === 'string' || rows === null ? [] : rows) {
    for (const name of Object.keys(row)) if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  return [...names.values()];
}

/** Throws `Problem` for a column that is not among the known ones, at the value that has it. */
export function requireKnown(rows: TestRows, known: readonly string[], project: Project): void {
  const lower = new Set(known.map((name) => name.toLowerCase()));
  const unknown = columnsOfRows(rows.fixture).filter((name) => !lower.has(name.toLowerCase()));
  if (unknown.length === 0) return;
  const places = unitTestPlaces(project, rows.test);
  throw new Problem(
    ...unknown.map((name, index) =>
      error(
        'compile/unit-test-column',
        `The unit test '${rows.test.name}' has a column '${name}' that ${rows.title} has not`,
        {
          span: placeOf(rows, name, places),
          hint: (index < mostGuesses ? didYouMeanHint(name, known) : undefined) ?? `Its columns: ${someOf(known)}`,
        },
      ),
    ),
  );
}

/** As many as anybody reads. */
function someOf(names: readonly string[]): string {
  const rest = names.length - most;
  return rest > 0 ? `${names.slice(0, most).join(', ')} and ${rest} more` : names.join(', ');
}

const most = 30;

/** Expected rows all have the same columns: of a value that is not there, nobody can say whether it is right. */
export function requireSameColumns(rows: TestRows, project: Project): void {
  const { rows: list } = rows.fixture;
  if (typeof list === 'string' || list === null) return;
  const wanted = columnsOfRows(rows.fixture);
  for (const [index, row] of list.entries()) {
    const has = new Set(Object.keys(row).map((name) => name.toLowerCase()));
    const missing = wanted.find((name) => !has.has(name.toLowerCase()));
    if (missing === undefined) continue;
    const message = `A row that the unit test '${rows.test.name}' expects has no '${missing}', but others have`;
    const span = placeOf(rows, missing, unitTestPlaces(project, rows.test), index);
    throw new Problem(
      error('compile/unit-test-column', message, { span, hint: 'Give every expected row the same columns' }),
    );
  }
}

/** Rows of a file are in the file; those of a CSV text are one value. */
function placeOf({ test, fixture, path }: TestRows, column: string, places: UnitTestPlaces, index?: number): Span {
  const file = fixture.fixture === null ? undefined : test.fixture_files?.[fixture.fixture];
  if (file !== undefined) return { file, start: 0, end: 0 };
  // Rows may have changed places, so the column is looked for in all of them.
  const count = Array.isArray(fixture.rows) && index === undefined ? fixture.rows.length : 0;
  for (let row = 0; row < count; row += 1) {
    const span = places([...path, 'rows', row, column], 'key');
    if (span) return span;
  }
  return places([...path, 'rows']) ?? test.origin.definition;
}
