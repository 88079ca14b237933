import type { Json, JsonObject } from './json.ts';

/** A privilege on a relation (`select`) and who has it. */
export interface Grant {
  readonly privilege: string;
  readonly grantee: string;
}

/** `grants: {select: [reporter]}`, one by one. Where nothing is said, nothing is asked for, as in dbt. */
export function grantsOf(grants: Json | undefined): readonly Grant[] {
  if (grants === null || typeof grants !== 'object' || Array.isArray(grants)) return [];
  return Object.entries(grants as JsonObject).flatMap(([privilege, grantees]) =>
    [grantees].flat().map((grantee) => ({ privilege, grantee: String(grantee) })),
  );
}

/** What to take back and what to give, so that those have something who are to have it, and no others. */
export function grantChanges(
  wanted: readonly Grant[],
  present: readonly Grant[],
): { readonly revoked: readonly Grant[]; readonly granted: readonly Grant[] } {
  const [known, asked] = [new Set(present.map(keyOf)), new Set(wanted.map(keyOf))];
  return {
    revoked: present.filter((one) => !asked.has(keyOf(one))),
    granted: wanted.filter((one) => !known.has(keyOf(one))),
  };
}

/** Warehouses do not tell letter case in these names. */
const keyOf = ({ privilege, grantee }: Grant): string => `${privilege} ${grantee}`.toLowerCase();
