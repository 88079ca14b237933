import { Dict, str, TemplateError, type Value } from '../jinja/index.ts';

/**
 * How a snapshot tells versions apart: what a `snapshot_<name>_strategy` macro gives. All but the key are SQL; in
 * `rowChanged` the current versions are called `snapshotted_data` and the query's rows `source_data`.
 */
export interface SnapshotStrategy {
  readonly uniqueKey: string | readonly string[];
  /** When a version begins. */
  readonly updatedAt: string;
  readonly rowChanged: string;
  /** A name for a version, of which no two may have the same. */
  readonly scdId: string;
  /** `ignore`, `invalidate` or `new_record`. */
  readonly hardDeletes: string;
}

/** Reads what a strategy macro gave. Throws `TemplateError` for what is no strategy. */
export function readStrategy(given: Value | undefined): SnapshotStrategy {
  if (!(given instanceof Dict)) throw new TemplateError('A snapshot strategy has to be a dict', 'TypeError', { hint });
  const sql = (name: string): string => {
    const found = given.get(name);
    if (found !== undefined && found !== null) return str(found).trim();
    throw new TemplateError(`The snapshot strategy does not say '${name}'`, 'CompilationError', { hint });
  };
  const key = given.get('unique_key') ?? null;
  return {
    uniqueKey: Array.isArray(key) ? key.map(str) : sql('unique_key'),
    updatedAt: sql('updated_at'),
    rowChanged: sql('row_changed'),
    scdId: sql('scd_id'),
    hardDeletes: str(given.get('hard_deletes') ?? 'ignore'),
  };
}

const hint = 'The macro of a strategy gives a dict with unique_key, updated_at, row_changed, scd_id and hard_deletes';
