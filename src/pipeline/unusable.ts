import type { Loaded } from '../cli/engine/loaded.ts';
import type { Diagnostic } from '../core/index.ts';

/** What is wrong with a project of which nothing can be said; undefined where all is well. */
export function unusable({ diagnostics }: Loaded) {
  return hasError(diagnostics) ? { exitCode: 2 as const, diagnostics, assets: [], answer: undefined } : undefined;
}

export function hasError(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}
