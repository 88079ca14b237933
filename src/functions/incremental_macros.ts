import type { Json, MergeRequest, Relation, Rendering, TemplateFunction } from '../core/index.ts';
import { type Bound, Dict, TemplateError } from '../jinja/index.ts';
import { callOwn } from './warehouse/dispatch.ts';
import { dispatched } from './warehouse/dispatched.ts';
import { columnNames, relationOf, textsOf } from './warehouse/relation-argument.ts';

const mergeParameters = ['target', 'source', 'unique_key', 'dest_columns', 'incremental_predicates='];

/**
 * dbt's macros that bring new rows into a table: `get_merge_sql` and its like by their own arguments, and
 * `get_incremental_<strategy>_sql(arg_dict)` as materializations call them.
 */
const functions: readonly TemplateFunction[] = [
  ...dispatched('get_merge_sql', mergeParameters, (rendering, bound) =>
    rendering.adapter.statements.merge(mergeRequest(rendering, bound)),
  ),
  ...dispatched('get_delete_insert_merge_sql', mergeParameters, ({ adapter: { statements } }, bound) => {
    const [target, source, key, columns, predicates] = bound;
    const insert = statements.insertFrom(relationOf(target), columnNames(columns), relationOf(source));
    const uniqueKey = textsOf(key);
    if (uniqueKey.length === 0) return insert;
    const request = {
      target: relationOf(target),
      source: relationOf(source),
      uniqueKey,
      predicates: textsOf(predicates),
    };
    return `${statements.deleteMatching(request)};\n${insert}`;
  }),
  ...dispatched(
    'get_insert_overwrite_merge_sql',
    ['target', 'source', 'dest_columns', 'predicates', 'include_sql_header='],
    ({ adapter: { statements } }, [target, source, columns, predicates]) => {
      const clear = statements.deleteWhere(relationOf(target), textsOf(predicates));
      return `${clear};\n${statements.insertFrom(relationOf(target), columnNames(columns), relationOf(source))}`;
    },
  ),
  ...dispatched(
    'get_insert_into_sql',
    ['target_relation', 'temp_relation', 'dest_columns'],
    ({ adapter }, [target, source, columns]) =>
      adapter.statements.insertFrom(relationOf(target), columnNames(columns), relationOf(source)),
  ),
  ...strategy('append', 'get_insert_into_sql', ['target_relation', 'temp_relation', 'dest_columns']),
  ...strategy('delete_insert', 'get_delete_insert_merge_sql', [
    'target_relation',
    'temp_relation',
    'unique_key',
    'dest_columns',
    'incremental_predicates',
  ]),
  ...strategy('merge', 'get_merge_sql', [
    'target_relation',
    'temp_relation',
    'unique_key',
    'dest_columns',
    'incremental_predicates',
  ]),
  ...strategy('insert_overwrite', 'get_insert_overwrite_merge_sql', [
    'target_relation',
    'temp_relation',
    'dest_columns',
    'incremental_predicates',
  ]),
  ...dispatched('get_incremental_microbatch_sql', ['arg_dict'], (rendering, [given]) => {
    if (!(given instanceof Dict)) throw new TemplateError('get_incremental_microbatch_sql() takes a dict', 'TypeError');
    const { statements } = rendering.adapter;
    const [target, source] = [relationOf(given.get('target_relation')), relationOf(given.get('temp_relation'))];
    const insert = statements.insertFrom(target, columnNames(given.get('dest_columns')), source);
    return [...clearBatch(rendering, target), insert].join(';\n');
  }),
  ...dispatched(
    'get_merge_update_columns',
    ['merge_update_columns', 'merge_exclude_columns', 'dest_columns'],
    ({ adapter }, [only, without, dest]) => {
      if (textsOf(only).length > 0 && textsOf(without).length > 0) throw bothGiven();
      if (textsOf(only).length > 0) return [...textsOf(only)];
      const left = new Set(textsOf(without).map((name) => name.toLowerCase()));
      const names = columnNames(dest).filter((name) => !left.has(name.toLowerCase()));
      return names.map((name) => adapter.statements.quote(name));
    },
  ),
  ...dispatched('get_incremental_default_sql', ['arg_dict'], (rendering, bound, site) => {
    const { defaultIncrementalStrategy: name = 'append' } = rendering.adapter.capabilities;
    return callOwn(rendering, `get_incremental_${name.replace('+', '_')}_sql`, bound, site);
  }),
];
export default functions;

/** `get_incremental_<name>_sql(arg_dict)`: the macro behind it, with the arguments taken out of the dict. */
function strategy(name: string, macro: string, keys: readonly string[]): readonly TemplateFunction[] {
  return dispatched(`get_incremental_${name}_sql`, ['arg_dict'], (rendering, [given], site) => {
    if (!(given instanceof Dict)) throw new TemplateError(`get_incremental_${name}_sql() takes a dict`, 'TypeError');
    return callOwn(
      rendering,
      macro,
      keys.map((key) => given.get(key) ?? null),
      site,
    );
  });
}

const bothGiven = (): TemplateError =>
  new TemplateError(
    'Model cannot specify merge_update_columns and merge_exclude_columns. Please update model to use only one config',
  );

/** Deletes the rows of the stretch of time that is built, if one is. */
function clearBatch(rendering: Rendering, target: Relation): readonly string[] {
  const { statements } = rendering.adapter;
  const time = rendering.getConfig('event_time');
  const bound = (end: 'start' | 'end'): string | undefined => {
    const at = rendering.getConfig(`__dbt_internal_microbatch_event_time_${end}`);
    return typeof at === 'string' ? statements.instant(new Date(at)) : undefined;
  };
  const [from, to] = [bound('start'), bound('end')];
  if (typeof time !== 'string' || from === undefined || to === undefined) return [];
  return [statements.deleteWhere(target, [`${time} >= ${from}`, `${time} < ${to}`])];
}

function mergeRequest(rendering: Rendering, bound: readonly Bound[]): MergeRequest {
  const [target, source, key, dest, predicates] = bound;
  const columns = columnNames(dest);
  const uniqueKey = textsOf(key);
  const named = (setting: string): ReadonlySet<string> => {
    const value: Json | undefined = rendering.getConfig(setting);
    return new Set((Array.isArray(value) ? value : []).map((name) => String(name).toLowerCase()));
  };
  const [only, without] = [named('merge_update_columns'), named('merge_exclude_columns')];
  if (only.size > 0 && without.size > 0) throw bothGiven();
  const isUpdated = (name: string): boolean =>
    only.size > 0 ? only.has(name.toLowerCase()) : !without.has(name.toLowerCase());
  return {
    target: relationOf(target),
    source: relationOf(source),
    uniqueKey,
    predicates: textsOf(predicates),
    columns,
    updateColumns: uniqueKey.length === 0 ? [] : columns.filter(isUpdated),
  };
}
