import type { Expression, Name, Place } from '../tree.ts';

/**
 * A setting that only the warehouse reads: `TARGET_LAG = '20 minutes'`, `COPY GRANTS`, `CLUSTER BY (a, b)`,
 * `WITH TAG (k = 'v')`. Those of one object are kept in the order written.
 */
export interface Option extends Place {
  readonly kind: 'option';
  /** Lower case, words separated by single blanks: `target_lag`, `copy grants`, `cluster by`; as written if quoted. */
  readonly name: string;
  /** What stands between the name and the value; empty where they follow each other. */
  readonly sign: '' | '=' | '=>';
  /** Undefined for a word that stands alone. */
  readonly value?: OptionValue;
}

/** A bare word is a {@link Name}. */
export type OptionValue = Expression | Name | StageLocation | OptionList | OptionGroup;

/** `@stage/path`, with the `@`, as written. */
export interface StageLocation extends Place {
  readonly kind: 'stage-location';
  readonly location: string;
}

/** `('a', 'b')`. */
export interface OptionList extends Place {
  readonly kind: 'option-list';
  readonly items: readonly OptionValue[];
}

/** `(TYPE = CSV NULL_IF = ('a'))`, or with commas between them. */
export interface OptionGroup extends Place {
  readonly kind: 'option-group';
  readonly options: readonly Option[];
  readonly commas: boolean;
}
