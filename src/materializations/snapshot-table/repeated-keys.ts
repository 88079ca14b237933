import {
  type Cell,
  error,
  type MaterializationContext,
  Problem,
  type Relation,
  repeatedKeys,
  type SnapshotStrategy,
} from '../../core/index.ts';
import { placeOf } from './requirements.ts';

const examples = 3;

/** Rows that share a key are versions of each other at the same time: which of them counts, nobody can say. */
export async function refuseRepeatedKeys(
  context: MaterializationContext,
  rows: Relation,
  uniqueKey: SnapshotStrategy['uniqueKey'],
): Promise<void> {
  const { adapter, session, node } = context;
  const { rows: found } = await session.query(
    repeatedKeys(uniqueKey, adapter.statements.renderRelation(rows), examples),
  );
  const [first] = found;
  if (first === undefined) return;
  const names = [uniqueKey].flat();
  const shown = found.map(([copies, , ...key]) => `${describe(names, key)} (${copies} rows)`);
  const repeated = Number(first[1]);
  const more = repeated > shown.length ? ` and ${repeated - shown.length} more` : '';
  throw new Problem(
    error(
      'materialize/snapshot-key',
      `The query of snapshot '${node.name}' returns several rows with the same unique_key: ${shown.join('; ')}${more}`,
      {
        span: placeOf(node),
        hint: 'Nothing was changed. Return one row for each key, or name more columns in unique_key',
      },
    ),
  );
}

function describe(names: readonly string[], key: readonly Cell[]): string {
  return names.map((name, index) => `${name} = ${key[index] === null ? 'null' : String(key[index])}`).join(', ');
}
