import type { Diagnostic, RefableNode, Span } from '../core/index.ts';
import { warning } from '../core/index.ts';
import type { Reader } from './references.ts';

/** A model that reads another one with a `deprecation_date`: passed, or still to come. */
export function deprecatedRead(reader: Reader, target: RefableNode, span: Span): Diagnostic | undefined {
  if (reader.resource_type !== 'model' || target.resource_type !== 'model') return undefined;
  const { deprecation_date: date, latest_version: latest, version } = target;
  if (date === null) return undefined;
  const passed = Date.parse(date) < reader.created_at * 1000;
  const called = version === null ? `'${target.name}'` : `version ${version} of '${target.name}'`;
  const newer = latest !== null && latest !== version;
  return warning(
    passed ? 'graph/deprecated-ref' : 'graph/soon-deprecated-ref',
    `'${reader.name}' reads ${called}, which ${passed ? 'is deprecated since' : 'will be deprecated on'} ${date}`,
    { span, hint: newer ? `The latest version is ${latest}` : 'Read another model, or ask its owner' },
  );
}
