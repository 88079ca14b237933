import { unsupported } from '../../errors.ts';
import { literal } from '../names.ts';
import { allArguments, argument, atMost, type Call, constant, isText, type Rule, withDelimiter } from './call.ts';

const variant = (call: Call, index: number): string => `main.sf_variant(${argument(call, index)})`;

/** Pairs of a key and a value; a value that is NULL leaves its key out. */
function object(call: Call, keepNull: boolean): string {
  const values = allArguments(call);
  if (values.length % 2 === 1) throw unsupported(`${call.name} of a row`);
  const members = values.flatMap((key, index) => {
    if (index % 2 === 1) return [];
    const value = values[index + 1] ?? 'NULL';
    const member = `CAST(to_json(main.sf_text(${key})) AS VARCHAR) || ':' || coalesce(CAST(to_json(${value}) AS VARCHAR), 'null')`;
    return keepNull ? member : `CASE WHEN (${value}) IS NOT NULL THEN ${member} END`;
  });
  return members.length === 0 ? "'{}'::JSON" : `CAST('{' || concat_ws(',', ${members.join(', ')}) || '}' AS JSON)`;
}

/** Functions over variants, objects and arrays. */
export const semiStructured: Readonly<Record<string, Rule>> = {
  PARSE_JSON: (call) => `CAST(nullif(trim(main.sf_text(${argument(call, 0)})), '') AS JSON)`,
  TRY_PARSE_JSON: (call) => `TRY_CAST(main.sf_text(${argument(call, 0)}) AS JSON)`,
  TO_JSON: (call) => `CAST(${variant(call, 0)} AS VARCHAR)`,
  OBJECT_CONSTRUCT: (call) => object(call, false),
  OBJECT_CONSTRUCT_KEEP_NULL: (call) => object(call, true),
  OBJECT_KEYS: (call) => `to_json(json_keys(${variant(call, 0)}))`,
  ARRAY_CONSTRUCT: (call) => `json_array(${allArguments(call).join(', ')})`,
  ARRAY_SIZE: (call) => `main.sf_size(${variant(call, 0)})`,
  ARRAY_CONTAINS: (call) => `json_contains(${variant(call, 1)}, ${variant(call, 0)})`,
  ARRAY_TO_STRING: (call) =>
    `array_to_string(list_transform(from_json(${variant(call, 0)}, '["VARCHAR"]'), lambda x: coalesce(x, '')), ${argument(call, 1)})`,
  GET: (call) => `main.sf_get(${variant(call, 0)}, ${argument(call, 1)})`,
  GET_PATH: (call) => {
    const path = isText(call, 1) ? constant(call, 1) : undefined;
    if (path === undefined) throw unsupported('GET_PATH of a computed path');
    return `json_extract(${variant(call, 0)}, ${literal(`$.${path}`)})`;
  },
  SPLIT: (call) => {
    withDelimiter(call);
    return `to_json(string_split(${argument(call, 0)}, ${argument(call, 1)}))`;
  },
  TYPEOF: (call) => {
    atMost(call, 1);
    return `main.sf_typeof(${variant(call, 0)})`;
  },
  IS_NULL_VALUE: (call) => `(json_type(${variant(call, 0)}) = 'NULL')`,
};
