import {
  currentEnd,
  hardDeletesOf,
  type NodeConfig,
  type Rendering,
  type SnapshotShape,
  snapshotColumns,
} from '../../core/index.ts';
import {
  type Bound,
  type CallSite,
  HostObject,
  type Result,
  str,
  TemplateError,
  type Value,
} from '../../jinja/index.ts';

/** Names and current end of the snapshot that is rendered. */
export function shapeOf(rendering: Pick<Rendering, 'getConfig'>): SnapshotShape {
  const setting = (name: string): unknown => rendering.getConfig(name);
  const config = {
    snapshot_meta_column_names: setting('snapshot_meta_column_names'),
    dbt_valid_to_current: setting('dbt_valid_to_current'),
  } as unknown as NodeConfig;
  return { columns: snapshotColumns(config), currentEnd: currentEnd(config) };
}

/** Calls a macro by its name, as templates do: the project's comes first. */
export function callNamed(rendering: Rendering, name: string, args: readonly Bound[], site: CallSite): Result {
  const macro = rendering.scope.lookup(name);
  if (!(macro instanceof HostObject) || !macro.callable) throw new TemplateError(`'${name}' is not a macro`);
  return macro.call(
    args.map((argument): Value => argument ?? null),
    new Map(),
    site,
  );
}

/** The same, for a macro that writes SQL. */
export async function sqlFrom(
  rendering: Rendering,
  name: string,
  args: readonly Bound[],
  site: CallSite,
): Promise<string> {
  return str(await callNamed(rendering, name, args, site)).trim();
}

/** What `adapter.get_hard_deletes_behavior` says. */
export function hardDeletesMode(mode: Value, invalidates: Value): string {
  const found = hardDeletesOf({ hard_deletes: mode, invalidate_hard_deletes: invalidates });
  if (found !== undefined) return found;
  throw new TemplateError(
    mode !== null && invalidates !== null
      ? "A snapshot has either 'hard_deletes' or 'invalidate_hard_deletes', not both"
      : `'hard_deletes' is ignore, invalidate or new_record, not ${str(mode)}`,
  );
}
