import type { ModelNode } from '../../core/index.ts';
import type { Criterion } from './criterion.ts';
import { invalidValue } from './invalid-value.ts';

/** `version:` */
export function versionMatcher({ value }: Criterion): (model: ModelNode) => boolean {
  switch (value) {
    case 'latest':
      return ({ version, latest_version }) => version !== null && version === latest_version;
    case 'prerelease':
      return (model) => compareWithLatest(model) > 0;
    case 'old':
      return (model) => compareWithLatest(model) < 0;
    case 'none':
      return ({ version }) => version === null;
    default: {
      const known = ['latest', 'prerelease', 'old', 'none'];
      const message = `Invalid version type selector ${value}: expected one of: "latest", "prerelease", "old", or "none"`;
      throw invalidValue(message, String(value), known);
    }
  }
}

/** As numbers where both are, else as text; 0 where there is nothing to compare. */
function compareWithLatest({ version, latest_version: latest }: ModelNode): number {
  if (!version || !latest) return 0;
  const [a, b] = [Number(version), Number(latest)];
  if (!Number.isNaN(a) && !Number.isNaN(b)) return a - b;
  if (String(version) === String(latest)) return 0;
  return String(version) < String(latest) ? -1 : 1;
}
