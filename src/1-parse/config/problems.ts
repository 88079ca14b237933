import { type Diagnostic, error, type Json, type Span } from '../../core/index.ts';
import type { ConfigProblem } from './configurator.ts';

/** Where the settings of a node were written, as far as it is known. */
export interface ConfigPlaces {
  readonly call?: Span | undefined;
  readonly properties?: Span | undefined;
  readonly project: Span;
}

/** Wrong settings of one node as diagnostics at the place that set them. */
export function configDiagnostics(
  problems: readonly ConfigProblem[],
  nodeName: string,
  places: ConfigPlaces,
): readonly Diagnostic[] {
  return problems.map(({ field, expected, value, from }) =>
    error('parse/config-value', `'${field}' of ${nodeName} has to be ${expected}, but is ${show(value)}`, {
      span: places[from] ?? places.project,
      hint: from === 'project' ? `It is set in ${places.project.file}` : undefined,
    }),
  );
}

function show(value: Json): string {
  if (value === null) return 'empty';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
