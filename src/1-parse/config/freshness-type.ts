import { exactly, members, oneOf, optional, text, type ValueType, wholeNumber } from './value-type.ts';

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
