import { dbtVersion } from '../../core/index.ts';

type Version = readonly [major: number, minor: number, patch: number];

/**
 * Whether a version fulfils dbt's requirement: comparisons (`>=1.6.0`, `<2.0.0`, `=1.11.16`, `1.11.16`), one text with
 * commas or several, all of which have to hold.
 *
 * @returns undefined where a part is no comparison.
 */
export function satisfiesVersion(requirement: string | readonly string[], version = dbtVersion): boolean | undefined {
  const parts = typeof requirement === 'string' ? requirement.split(',') : requirement;
  const results = parts.map((part) => satisfiesPart(part.trim(), parse(version) ?? [0, 0, 0]));
  return results.includes(undefined) ? undefined : results.every((result) => result === true);
}

function satisfiesPart(part: string, version: Version): boolean | undefined {
  const match = /^(>=|<=|>|<|=|!=)?\s*v?(.+)$/.exec(part);
  const wanted = match ? parse(match[2] ?? '') : undefined;
  if (match === null || wanted === undefined) return undefined;
  const order = compare(version, wanted);
  switch (match[1]) {
    case '>=':
      return order >= 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '<':
      return order < 0;
    case '!=':
      return order !== 0;
    default:
      return order === 0;
  }
}

function parse(text: string): Version | undefined {
  const match = /^(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:[-+.a-z].*)?$/i.exec(text.trim());
  return match ? [Number(match[1]), Number(match[2] ?? 0), Number(match[3] ?? 0)] : undefined;
}

function compare(left: Version, right: Version): number {
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}
