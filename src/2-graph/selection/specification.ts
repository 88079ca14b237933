import type { Criterion } from './criterion.ts';
import { parseCriterion } from './criterion.ts';
import type { IndirectSelection } from './request.ts';

/** A selection as a tree of criteria. */
export type Specification = Criterion | SpecificationGroup | { readonly kind: 'everything' };

export interface SpecificationGroup {
  readonly kind: 'union' | 'intersection' | 'difference';
  readonly parts: readonly Specification[];
  readonly indirectSelection: IndirectSelection;
  /** Set where matching nothing deserves a warning: the criterion as written. */
  readonly expected?: string | undefined;
}

/** `--select` and `--exclude` as a tree. Throws `Problem` for a criterion that cannot be read. */
export function parseArguments(
  select: readonly string[],
  exclude: readonly string[],
  indirectSelection: IndirectSelection,
): Specification {
  const included: Specification = select.length === 0 ? { kind: 'everything' } : parseUnion(select, indirectSelection);
  const excluded = parseUnion(exclude, indirectSelection);
  return { kind: 'difference', parts: [included, excluded], indirectSelection: 'eager' };
}

function parseUnion(written: readonly string[], indirectSelection: IndirectSelection): SpecificationGroup {
  const parts = written
    .flatMap((argument) => argument.split(' '))
    .map((raw): SpecificationGroup => {
      const criteria = raw.split(',').map((part) => parseCriterion(part, indirectSelection));
      return { kind: 'intersection', parts: criteria, indirectSelection, expected: raw };
    });
  return { kind: 'union', parts, indirectSelection };
}
