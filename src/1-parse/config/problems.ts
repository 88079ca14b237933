import { type Diagnostic, didYouMeanHint, error, type Json, type Span, warning } from '../../core/index.ts';
import type { ProjectSettings } from '../project.ts';
import type { ConfigProblem, ConfigRequest } from './configurator.ts';
import { projectPlace } from './project-place.ts';

/** One place for all settings, or one for each: given its name, and those of members inside of it. */
type Written = Span | ((path: readonly string[], part: 'key' | 'value') => Span | undefined);

/** Where the settings of a node were written, as far as it is known. */
export interface ConfigPlaces {
  readonly call?: Written | undefined;
  readonly properties?: Written | undefined;
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
  return problems.map(({ field, expected, value, from, meant, path = [], item, words = [] }) => {
    const at = [field, ...path, ...(item === undefined ? [] : [item])];
    const span = placeOf(at, meant === undefined ? 'value' : 'key', from, request, places);
    const name = [field, ...path].join('.');
    if (meant !== undefined) {
      const message = `'${name}' of ${nodeName} is no setting that Ingot knows, so it changes nothing`;
      return warning('parse/unknown-setting', message, { span, hint: `Did you mean '${meant}'?` });
    }
    const hint = typeof value === 'string' ? didYouMeanHint(value, words) : undefined;
    const ofAll = places.projects.some(({ file }) => file === span?.file);
    // Said once for all nodes that it is meant for, whose values may have more from elsewhere.
    const message = ofAll
      ? `'${name}' has to be ${expected}${value !== null && typeof value === 'object' ? '' : `, but is ${show(value)}`}`
      : `'${name}' of ${nodeName} has to be ${expected}, but is ${show(value)}`;
    return error('parse/config-value', message, { span, hint });
  });
}

function placeOf(
  path: readonly string[],
  part: 'key' | 'value',
  from: ConfigProblem['from'],
  { kind, fqn }: Pick<ConfigRequest, 'kind' | 'fqn'>,
  { projects, ...written }: ConfigPlaces,
): Span | undefined {
  const at = (one: Written | undefined): Span | undefined => (typeof one === 'function' ? one(path, part) : one);
  const [call, properties] = [at(written.call), at(written.properties)];
  const field = path[0] as string;
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
