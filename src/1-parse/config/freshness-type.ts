import type { Json } from '../../core/index.ts';
import { isMapping, members, oneOf, optional, text, type ValueType, wholeNumber } from './value-type.ts';

/** A mapping with these members and no others: a misspelt one would mean that nobody looks. */
function exactly(types: Readonly<Record<string, ValueType>>): ValueType {
  const known = members(types);
  const otherIn = (value: Json): string | undefined =>
    isMapping(value) ? Object.keys(value).find((name) => !Object.hasOwn(types, name)) : undefined;
  const check = (value: Json): string | undefined => {
    const other = otherIn(value);
    return other === undefined ? known(value) : `a mapping of ${Object.keys(types).join(', ')}, and not '${other}'`;
  };
  const wrongMember: ValueType['wrongMember'] = (value) =>
    otherIn(value) === undefined ? known.wrongMember?.(value) : undefined;
  return Object.assign(check, { wrongMember });
}

const period = optional(oneOf('minute', 'hour', 'day'));
const time = optional(exactly({ count: optional(wholeNumber), period }));

/** `freshness:` of a source: how old its data may be. */
export const sourceFreshness: ValueType = optional(
  exactly({ warn_after: time, error_after: time, filter: optional(text) }),
);

/** `freshness:` of a model: how often it is to be built. What else its rule needs is looked at once all places were heard. */
export const modelFreshness: ValueType = optional(
  members({ build_after: members({ period, updates_on: optional(oneOf('any', 'all')) }) }),
);
