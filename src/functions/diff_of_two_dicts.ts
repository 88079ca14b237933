import type { TemplateFunction } from '../core/index.ts';
import { bindArguments, Dict, hostFunction, listOf, str, type Value } from '../jinja/index.ts';

const create = (): Value =>
  hostFunction('diff_of_two_dicts', (args, kwargs) => {
    const [left, right] = bindArguments('diff_of_two_dicts', ['dict_a', 'dict_b'], args, kwargs);
    return difference(left instanceof Dict ? left : new Dict(), right instanceof Dict ? right : new Dict());
  });

function difference(left: Dict, right: Dict): Dict {
  const lower = (value: Value): string => str(value).toLowerCase();
  const known = new Map([...right.entries()].map(([key, items]) => [lower(key), new Set(listOf(items).map(lower))]));
  const rest = new Dict();
  for (const [key, items] of left.entries()) {
    const others = known.get(lower(key));
    const kept = others === undefined ? items : listOf(items).filter((item) => !others.has(lower(item)));
    if (others === undefined || (kept as Value[]).length > 0) rest.set(key, kept);
  }
  return rest;
}

/** `diff_of_two_dicts(a, b)`: a's lists without what b's have, whatever the letter case. Used for grants. */
const diffOfTwoDicts: TemplateFunction = { name: 'diff_of_two_dicts', create, createForYaml: create };
export default diffOfTwoDicts;
