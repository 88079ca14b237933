import { isMapping, members, oneOf, optional, text, type ValueType, wholeNumber } from './value-type.ts';

/** A mapping with these members and no others: a misspelt one would mean that nobody looks. */
function exactly(types: Readonly<Record<string, ValueType>>): ValueType {
  const known = members(types);
  return (value) => {
    const other = isMapping(value) ? Object.keys(value).find((name) => !Object.hasOwn(types, name)) : undefined;
    return other === undefined ? known(value) : `a mapping of ${Object.keys(types).join(', ')}, and not '${other}'`;
  };
}

const time = optional(exactly({ count: optional(wholeNumber), period: optional(oneOf('minute', 'hour', 'day')) }));

/** `freshness:` of a source: how old its data may be. */
export const sourceFreshness: ValueType = optional(
  exactly({ warn_after: time, error_after: time, filter: optional(text) }),
);
