import { type Column, type DataTest, type DataTestRequest, error, Problem } from '../core/index.ts';
import { optionalText, sqlText, textList } from './writing/arguments.ts';
import { lines } from './writing/lines.ts';

/**
 * Rows that only one of two relations has. The columns are those named in `compare_columns`, or all but those in
 * `exclude_columns`; `precision` rounds numbers first. Where the columns are not known, all are compared by position.
 */
const equality: DataTest = {
  name: 'equality',
  namespace: 'dbt_utils',
  arguments: [
    { name: 'compare_model', required: true },
    { name: 'compare_columns', required: false },
    { name: 'exclude_columns', required: false },
    { name: 'precision', required: false },
  ],
  failCalc: [
    'count(*) + coalesce(abs(',
    "  sum(case when which_diff = 'a_minus_b' then 1 else 0 end) -",
    "  sum(case when which_diff = 'b_minus_a' then 1 else 0 end)",
    '), 0)',
  ].join('\n'),
  relationsToDescribe: (request) =>
    textList(request, 'compare_columns').length > 0 && optionalText(request, 'precision') === undefined
      ? []
      : [request.model, sqlText(request, 'compare_model')],
  sql(request) {
    const columns = columnsToCompare(request);
    return lines(
      'with a as (',
      `  select ${columns} from ${request.model}`,
      '),',
      'b as (',
      `  select ${columns} from ${sqlText(request, 'compare_model')}`,
      '),',
      'a_minus_b as (',
      '  select * from a',
      '  except',
      '  select * from b',
      '),',
      'b_minus_a as (',
      '  select * from b',
      '  except',
      '  select * from a',
      ')',
      "select 'a_minus_b' as which_diff, a_minus_b.* from a_minus_b",
      'union all',
      "select 'b_minus_a' as which_diff, b_minus_a.* from b_minus_a",
    );
  },
};

export default equality;

function columnsToCompare(request: DataTestRequest): string {
  const wanted = textList(request, 'compare_columns');
  const excluded = new Set(textList(request, 'exclude_columns').map((name) => name.toLowerCase()));
  if (wanted.length > 0 && excluded.size > 0) {
    throw problem('Both a compare and an ignore list were provided to the `equality` test. Only one is allowed');
  }
  const precision = optionalText(request, 'precision');
  if (wanted.length > 0 && precision === undefined) return wanted.join(', ');
  const ours = request.columns?.get(request.model);
  if (ours === undefined) return '*';
  const kept = (columns: readonly Column[]) => columns.filter(({ name }) => !excluded.has(name.toLowerCase()));
  if (wanted.length === 0) checkSameColumns(request, kept(ours), kept);
  const chosen = new Set(wanted.map((name) => name.toLowerCase()));
  return kept(ours)
    .filter(({ name }) => chosen.size === 0 || chosen.has(name.toLowerCase()))
    .map((column) => rounded(request, column, precision))
    .join(', ');
}

function checkSameColumns(
  request: DataTestRequest,
  ours: readonly Column[],
  kept: (columns: readonly Column[]) => readonly Column[],
): void {
  const other = sqlText(request, 'compare_model');
  const theirs = request.columns?.get(other);
  if (theirs === undefined) return;
  const names = (columns: readonly Column[]) =>
    columns
      .map(({ name }) => name.toLowerCase())
      .sort()
      .join('\n');
  if (names(ours) === names(kept(theirs))) return;
  throw problem(
    `${other} has less columns than ${request.model}, please ensure they have the same columns or use the \`compare_columns\` or \`exclude_columns\` arguments to subset them.`,
  );
}

const numeric = /^(decimal|numeric|number|real|float|double)/i;

function rounded({ statements }: DataTestRequest, { name, type }: Column, precision: string | undefined): string {
  const quoted = statements.quote(name);
  if (precision === undefined || !numeric.test(type)) return quoted;
  return `round(cast(${quoted} as ${statements.typeName('numeric')}), ${precision}) as ${quoted}`;
}

const problem = (message: string): Problem => new Problem(error('data-tests/bad-argument', message));
