import type { JsonObject } from './json.ts';
import type { Column } from './relation.ts';
import type { Statements } from './statements.ts';

/**
 * A generic data test. One file under `data-tests/`, whose default export this is; the file's name is the test's name
 * in YAML. A macro `{% test name %}` of the project wins over it.
 */
export interface DataTest {
  readonly name: string;
  /** The package whose name people may write in front (`dbt_utils.accepted_range`), or null for dbt's own four. */
  readonly namespace: string | null;
  /** Arguments beside `model` and `column_name`, in the order of dbt's macro. */
  readonly arguments: readonly DataTestArgument[];
  /** The query that returns failing rows. Throws `Problem` for an argument that cannot work. */
  sql(request: DataTestRequest): string;
  /**
   * Relations, as they stand in the request, whose columns `sql` wants in `request.columns`. The caller asks the
   * warehouse for those that exist. Default: none.
   */
  relationsToDescribe?(request: DataTestRequest): readonly string[];
  /** Whether each row passes or fails by itself: of a table to which rows are added, only those need to be looked at. Default false. */
  readonly rowByRow?: boolean;
  /** What to compute over the failing rows when the test's config says nothing. Default `count(*)`. */
  readonly failCalc?: string;
}

export interface DataTestArgument {
  readonly name: string;
  readonly required: boolean;
}

export interface DataTestRequest {
  /** SQL of the relation under test; a subquery with an alias where the test's `where` is set. */
  readonly model: string;
  /** The column, as it is to be written in SQL; undefined for tests of a whole model. */
  readonly columnName: string | undefined;
  /** The test's arguments as written, relations already rendered to SQL. */
  readonly arguments: JsonObject;
  /** The warehouse's words: date arithmetic, type names, quoting. */
  readonly statements: Statements;
  /** Whether failing rows are kept: some tests then return them whole. Default false. */
  readonly storeFailures?: boolean | undefined;
  /** `--empty`: every relation is read without rows. Default false. */
  readonly empty?: boolean | undefined;
  /** Columns of the relations that `relationsToDescribe` named, by the same text; missing where they are not known. */
  readonly columns?: ReadonlyMap<string, readonly Column[]> | undefined;
}
