import { didYouMeanHint, jsonToValue, type Rendering, type TemplateFunction } from '../core/index.ts';
import {
  type Bound,
  type CallSite,
  Dict,
  getItem,
  HostObject,
  listOf,
  str,
  TemplateError,
  Tuple,
  truthy,
  type Value,
} from '../jinja/index.ts';
import { dispatched, sqlOf } from './warehouse/dispatched.ts';
import { sessionOf } from './warehouse/session.ts';
import { callNamed, hardDeletesMode, shapeOf, sqlFrom } from './warehouse/snapshot-values.ts';

const parameters = ['node', 'snapshotted_rel', 'current_rel', 'model_config', 'target_exists'];

/** dbt's macros that say what a new version is: the two strategies, and what they are made of. */
const functions: readonly TemplateFunction[] = [
  ...dispatched('snapshot_timestamp_strategy', parameters, (rendering, bound, site) =>
    rendering.execute ? byTimestamp(rendering, bound, site) : new Dict(),
  ),
  ...dispatched('snapshot_check_strategy', parameters, (rendering, bound, site) =>
    rendering.execute ? byColumns(rendering, bound, site) : new Dict(),
  ),
  ...dispatched(
    'snapshot_check_all_get_existing_columns',
    ['node', 'target_exists', 'check_cols_config'],
    (rendering, bound, site) => (rendering.execute ? comparedColumns(rendering, bound, site) : new Tuple([false, []])),
  ),
  ...dispatched('snapshot_hash_arguments', ['args'], ({ adapter: { statements } }, [args]) => {
    const { expressions } = statements;
    const text = (argument: Value): string =>
      `coalesce(${expressions.cast(str(argument).trim(), statements.typeName('string'))}, '')`;
    return expressions.hash(
      expressions.concat(
        listOf(args ?? [])
          .map(text)
          .flatMap(separated),
      ),
    );
  }),
  ...dispatched('get_true_sql', [], () => 'true'),
  ...dispatched('strategy_dispatch', ['name'], (rendering, [name]) => strategyMacro(rendering, sqlOf(name))),
];
export default functions;

const separated = (text: string, index: number): readonly string[] => (index === 0 ? [text] : ["'|'", text]);

async function byTimestamp(rendering: Rendering, bound: readonly Bound[], site: CallSite): Promise<Value> {
  const [, snapshotted, current] = bound;
  const updatedAt = settingOf(rendering, 'updated_at');
  const validFrom = shapeOf(rendering).columns.dbt_valid_from;
  const rowChanged = `(${sqlOf(snapshotted)}.${validFrom} < ${sqlOf(current)}.${sqlOf(updatedAt)})`;
  return strategy(rendering, updatedAt, rowChanged, site);
}

async function byColumns(rendering: Rendering, bound: readonly Bound[], site: CallSite): Promise<Value> {
  const [node, snapshotted, current, , exists] = bound;
  const given = settingOf(rendering, 'updated_at');
  const updatedAt = truthy(given) ? given : await sqlFrom(rendering, 'snapshot_get_time', [], site);
  const checked = settingOf(rendering, 'check_cols');
  const found = await callNamed(rendering, 'snapshot_check_all_get_existing_columns', [node, exists, checked], site);
  const [added, columns] = listOf(found);
  const rowChanged = truthy(added ?? false)
    ? await sqlFrom(rendering, 'get_true_sql', [], site)
    : differs(listOf(columns ?? []).map(str), sqlOf(snapshotted), sqlOf(current));
  return strategy(rendering, updatedAt, `(${rowChanged})`, site);
}

function differs(columns: readonly string[], one: string, other: string): string {
  return columns.map((name) => `${one}.${name} is distinct from ${other}.${name}`).join('\nor ') || 'false';
}

async function strategy(rendering: Rendering, updatedAt: Value, rowChanged: string, site: CallSite): Promise<Value> {
  const uniqueKey = settingOf(rendering, 'unique_key');
  const keys = Array.isArray(uniqueKey) ? uniqueKey : [uniqueKey];
  const hardDeletes = hardDeletesMode(
    settingOf(rendering, 'hard_deletes'),
    settingOf(rendering, 'invalidate_hard_deletes'),
  );
  return Dict.of([
    ['unique_key', uniqueKey],
    ['updated_at', updatedAt],
    ['row_changed', rowChanged],
    ['scd_id', await sqlFrom(rendering, 'snapshot_hash_arguments', [[...keys, updatedAt]], site)],
    ['invalidate_hard_deletes', hardDeletes === 'invalidate'],
    ['hard_deletes', hardDeletes],
  ]);
}

/**
 * Which columns are compared, quoted, and whether one of them is new to the snapshot: then every row has changed. A
 * column that the query no longer has is left out.
 */
async function comparedColumns(
  rendering: Rendering,
  [node, exists, checked]: readonly Bound[],
  site: CallSite,
): Promise<Value> {
  if (!truthy(exists ?? false)) return new Tuple([false, []]);
  const sql = sqlOf(fieldOf(node, 'compiled_code'));
  const all = checked === 'all';
  if (!all && (!Array.isArray(checked) || checked.length === 0)) {
    throw new TemplateError(`'check_cols' is a list of columns, or all, not ${str(checked ?? null)}`);
  }
  const query = all
    ? sql
    : `select ${listOf(checked ?? [])
        .map(str)
        .join(', ')} from (\n${sql}\n) as snapshot_query`;
  const wanted = listOf(await callNamed(rendering, 'get_columns_in_query', [query], site)).map(str);
  const { statements } = rendering.adapter;
  const target = {
    database: textOf(fieldOf(node, 'database')),
    schema: textOf(fieldOf(node, 'schema')),
    identifier: textOf(fieldOf(node, 'alias')),
  };
  const existing = await sessionOf(rendering, 'A snapshot strategy').columnsOf(target);
  const known = new Set(existing.map(({ name }) => name));
  const kept = wanted.filter((name) => known.has(name));
  return new Tuple([kept.length < wanted.length, kept.map((name) => statements.quote(name))]);
}

function strategyMacro(rendering: Rendering, name: string): Value {
  const [first = '', second] = name.split('.', 2);
  const plain = `snapshot_${second ?? first}_strategy`;
  const owner = second === undefined ? undefined : rendering.scope.lookup(first);
  const found = owner === undefined ? rendering.scope.lookup(plain) : getItem(owner, plain);
  if (found instanceof HostObject && found.callable) return found;
  throw new TemplateError(`There is no macro '${plain}' for the strategy '${name}'`, 'CompilationError', {
    hint: didYouMeanHint(name, ['timestamp', 'check']) ?? 'Strategies: timestamp, check, or a macro of that name',
  });
}

function settingOf(rendering: Rendering, name: string): Value {
  const value = rendering.getConfig(name);
  return value === undefined ? null : jsonToValue(value);
}

function fieldOf(node: Bound, name: string): Value {
  return node instanceof Dict ? (node.get(name) ?? null) : null;
}

const textOf = (value: Value): string | null => (value === null ? null : str(value));
