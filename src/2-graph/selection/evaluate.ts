import type { Diagnostic } from '../../core/index.ts';
import { warning } from '../../core/index.ts';
import type { SelectionContext } from './context.ts';
import type { Criterion } from './criterion.ts';
import { expandSelection, incorporateIndirect, type Selected } from './indirect.ts';
import { methods } from './methods.ts';
import { withNeighbours } from './neighbours.ts';
import type { Specification, SpecificationGroup } from './specification.ts';
import { suggestion } from './suggestion.ts';

/**
 * The ids that a specification selects. Adds a warning for every criterion of a command line that selects nothing.
 * Throws `Problem` for a value that its method cannot mean.
 */
export function evaluate(
  context: SelectionContext,
  specification: Specification,
  diagnostics: Diagnostic[],
): ReadonlySet<string> {
  return selectBy(context, specification, diagnostics).direct;
}

function selectBy(context: SelectionContext, specification: Specification, diagnostics: Diagnostic[]): Selected {
  if (specification.kind === 'everything') return { direct: new Set(context.graph.nodes.keys()), indirect: new Set() };
  if (specification.kind === 'criterion') return selectByCriterion(context, specification);
  const parts = specification.parts.map((part) => selectBy(context, part, diagnostics));
  const combine = combinations[specification.kind];
  const indirect = combine(parts.map((part) => union([part.direct, part.indirect])));
  const direct = incorporateIndirect(
    context.graph,
    combine(parts.map((part) => part.direct)),
    indirect,
    specification.indirectSelection,
  );
  if (specification.expected !== undefined && direct.size === 0) {
    diagnostics.push(nothingSelected(context, specification, specification.expected));
  }
  return { direct, indirect };
}

function selectByCriterion(context: SelectionContext, criterion: Criterion): Selected {
  const named = new Set(methods[criterion.method](context, criterion));
  const selected = withNeighbours(context.graph, criterion, named);
  return expandSelection(context.graph, selected, criterion.indirectSelection);
}

type Combine = (sets: readonly ReadonlySet<string>[]) => ReadonlySet<string>;

const combinations: Readonly<Record<SpecificationGroup['kind'], Combine>> = {
  union,
  intersection: ([first, ...rest]) => keep(first, (id) => rest.every((set) => set.has(id))),
  difference: ([first, ...rest]) => keep(first, (id) => !rest.some((set) => set.has(id))),
};

function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const present = sets.filter((set) => set.size > 0);
  if (present.length === 1 && present[0] !== undefined) return present[0];
  const result = new Set<string>();
  for (const set of present) for (const id of set) result.add(id);
  return result;
}

function keep(set: ReadonlySet<string> | undefined, wanted: (id: string) => boolean): ReadonlySet<string> {
  const result = new Set<string>();
  for (const id of set ?? []) if (wanted(id)) result.add(id);
  return result;
}

function nothingSelected(context: SelectionContext, { parts }: SpecificationGroup, raw: string): Diagnostic {
  const message = `The selection criterion '${raw}' does not match any enabled nodes`;
  const hint = raw === '' ? 'It is empty: a variable of a script may not be set' : suggestion(context, parts);
  return warning('graph/nothing-selected', message, { hint });
}
