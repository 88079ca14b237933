import { type Diagnostic, error, type Json, type Span, warning } from '../../core/index.ts';
import type { ProjectSettings } from '../project.ts';
import type { ConfigProblem, ConfigRequest } from './configurator.ts';
import { projectPlace } from './project-place.ts';

/** Where the settings of a node were written, as far as it is known. */
export interface ConfigPlaces {
  readonly call?: Span | undefined;
  readonly properties?: Span | undefined;
  /** The project files that could have said it, the one that counts most first. */
  readonly projects: readonly ProjectSettings[];
}

/** Wrong settings of one node as diagnostics at the place that set them. */
export function configDiagnostics(
  problems: readonly ConfigProblem[],
  nodeName: string,
  request: Pick<ConfigRequest, 'kind' | 'fqn'>,
  places: ConfigPlaces,
): readonly Diagnostic[] {
  return problems.map(({ field, expected, value, from, meant }) => {
    const span = placeOf(field, from, request, places);
    if (meant !== undefined) {
      const message = `'${field}' of ${nodeName} is no setting that Ingot knows, so it changes nothing`;
      return warning('parse/unknown-setting', message, { span, hint: `Did you mean '${meant}'?` });
    }
    return error('parse/config-value', `'${field}' of ${nodeName} has to be ${expected}, but is ${show(value)}`, {
      span,
    });
  });
}

function placeOf(
  field: string,
  from: ConfigProblem['from'],
  { kind, fqn }: Pick<ConfigRequest, 'kind' | 'fqn'>,
  { call, properties, projects }: ConfigPlaces,
): Span | undefined {
  const said = from === 'call' ? call : from === 'properties' ? properties : undefined;
  if (said !== undefined) return said;
  const inProjects = projects.map((settings) => projectPlace(settings, kind, fqn, field));
  // What nobody set is a default that does not fit what somebody did set.
  return inProjects.find((span) => span.end > 0) ?? call ?? properties ?? inProjects[0];
}

function show(value: Json): string {
  if (value === null) return 'empty';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
