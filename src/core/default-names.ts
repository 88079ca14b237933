import type { Target } from './environment.ts';

/** dbt's rules for the three names of a relation that macros may decide. */
export const defaultNames = {
  /** What the node asks for, else the target's. */
  database: (target: Target, custom: string | null): string | null =>
    custom === null ? target.database : custom.trim(),

  /** The target's, with the one that the node asks for behind it. */
  schema: (target: Target, custom: string | null): string =>
    custom === null ? target.schema : `${target.schema}_${custom.trim()}`,

  /** What the node asks for, else its name, with the version where it has one. */
  alias(custom: string | null, name: string, version: string | number | null): string {
    if (custom) return custom.trim();
    return version ? `${name}_v${String(version).replaceAll('.', '_')}` : name;
  },
};
