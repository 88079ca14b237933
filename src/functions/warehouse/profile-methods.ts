import { externalRoot, type JsonObject, RelationValue, type Rendering } from '../../core/index.ts';
import { Dict, str, truthy, type Value } from '../../jinja/index.ts';
import { readLocation, writeOptions } from './file-options.ts';

/** A method of `adapter` that asks nobody: the profile and what it is given are enough. */
export type ProfileMethod = (rendering: Rendering, args: readonly Value[]) => Value;

/** What copies of dbt's own macros ask about files and lakes, by dbt's names. */
export const profileMethods: Readonly<Record<string, ProfileMethod>> = {
  external_root: (rendering) => externalRoot(outputOf(rendering).external_root),
  external_read_location: (_, [location, options]) => readLocation(str(location ?? null), options ?? null),
  external_write_options: (_, [location, options]) => writeOptions(str(location ?? null), options ?? null),
  get_seed_file_path: (_, [seed]) => `${str(member(seed, 'root_path'))}/${str(member(seed, 'original_file_path'))}`,
  is_motherduck: (rendering) => /^(md|motherduck):/.test(String(outputOf(rendering).path)),
  is_ducklake: (rendering, [relation]) =>
    relation instanceof RelationValue && lakesOf(rendering).includes(relation.relation.database ?? ''),
  // For versions before the one that Ingot brings along.
  use_ducklake_table_workarounds: () => false,
  // Every change is made in one, whatever the profile says.
  disable_transactions: () => false,
  ensure_transaction: () => '',
  get_temp_relation_path: (rendering, [relation, batch]) => temporaryPath(rendering, relation, batch),
  batch_id_for_model: (_, [model]) => {
    const start = member(member(model, 'batch'), 'event_time_start');
    return truthy(start) ? str(start).replaceAll(/[-:+]/g, '').replaceAll(' ', '_') : '';
  },
  // Where a catalog keeps the node is worked out without macros.
  build_catalog_relation: () => null,
};

function outputOf({ environment }: Rendering): JsonObject {
  return environment.target.output;
}

/** The databases whose tables lie in a lake. */
function lakesOf(rendering: Rendering): readonly string[] {
  const { database } = rendering.environment.target;
  const { attach, ...own } = outputOf(rendering);
  const attached = (Array.isArray(attach) ? attach : []) as readonly JsonObject[];
  const names = attached.filter(isLake).map(({ alias, path }) => String(alias ?? lakeName(String(path))));
  return isLake(own) && database !== null ? [database, ...names] : names;
}

function isLake({ is_ducklake: said, path }: JsonObject): boolean {
  return (
    said === true ||
    String(path ?? '')
      .toLowerCase()
      .includes('ducklake:')
  );
}

/** A lake without an alias is named after its file. */
const lakeName = (path: string): string => path.replace(/^.*[:/]/, '').split('.')[0] ?? '';

/** Where new rows wait, on a warehouse that has no temporary tables: a name of this run alone. */
function temporaryPath({ environment }: Rendering, relation: Value | undefined, batch: Value | undefined): Value {
  const { database = null, identifier = '' } = relation instanceof RelationValue ? relation.relation : {};
  const parts = [identifier, environment.invocationId.replaceAll('-', '_'), ...(batch ? [str(batch)] : [])];
  return Dict.of([
    ['database', database],
    ['schema', 'dbt_temp'],
    ['identifier', parts.join('__')],
  ]);
}

function member(of: Value | undefined, name: string): Value {
  return of instanceof Dict ? (of.get(name) ?? null) : null;
}
