import { type Cell, type Diagnostic, error } from '../../core/index.ts';

/** A column with its values, for people by its name. */
export interface NamedValues {
  readonly name: string;
  readonly values: readonly Cell[];
}

/** Shorter texts stand in many columns by chance. */
const shortestText = 6;

/**
 * Columns that are not masked and have texts that a masked column has: what the project says nothing of, such as a copy
 * that somebody else makes. Pure.
 */
export function untaggedCopies(masked: readonly NamedValues[], kept: readonly NamedValues[]): readonly Diagnostic[] {
  const hidden = new Map<string, string>();
  for (const { name, values } of masked) {
    for (const value of values) {
      if (typeof value === 'string' && value.length >= shortestText) hidden.set(value, name);
    }
  }
  return kept.flatMap(({ name, values }) => {
    const copied = values.find((value) => typeof value === 'string' && hidden.has(value));
    if (copied === undefined) return [];
    const message = `'${name}' has values of '${hidden.get(String(copied))}', which is masked; nothing was recorded`;
    return [
      error('cli/sample-unmasked', message, {
        hint: 'Give the column a tag that is masked too, or one whose rule is keep',
      }),
    ];
  });
}
