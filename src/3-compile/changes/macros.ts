import type { Project } from '../../1-parse/index.ts';
import { calledMacros, type Node } from '../../core/index.ts';
import { sameTemplate } from './same-template.ts';

/** Which macros are other than they were, and who calls them. */
export interface ChangedMacros {
  /** Unique ids: added, removed, or saying something else. */
  readonly ids: ReadonlySet<string>;
  /** Those that a node calls, directly or through others, before or now. */
  calledBy(node: Node, before: Node): readonly string[];
}

export function changedMacros(base: Project, head: Project, dialect: string | undefined): ChangedMacros {
  const ids = new Set<string>();
  for (const id of new Set([...base.macros.keys(), ...head.macros.keys()])) {
    const [before, after] = [base.macros.get(id), head.macros.get(id)];
    if (!before || !after || !sameTemplate(before.macro_sql, after.macro_sql, dialect)) ids.add(id);
  }
  return {
    ids,
    calledBy(node, before) {
      if (ids.size === 0) return [];
      const now = calledMacros(node.depends_on.macros, head.macros);
      const earlier = calledMacros(before.depends_on.macros, base.macros);
      return [...ids].filter((id) => now.has(id) || earlier.has(id));
    },
  };
}

/**
 * Macros that take a part in how a node is built, though no template calls them: its materialization, its incremental or
 * snapshot strategy.
 */
export function buildingMacros({ config, resource_type: type }: Node, { ids }: ChangedMacros): readonly string[] {
  const strategy = String(config.incremental_strategy ?? '').replace('+', '_');
  const names = [
    `materialization_${config.materialized}_`,
    ...(config.materialized === 'incremental'
      ? [`get_incremental_${strategy}_sql`, 'get_incremental_default_sql']
      : []),
    ...(type === 'snapshot' ? [`snapshot_${config.strategy}_strategy`, 'snapshot_merge_sql'] : []),
  ];
  return [...ids].filter((id) => {
    const name =
      id
        .split('.')
        .at(-1)
        ?.replace(/^[a-z]+__/, '') ?? '';
    return names.some((wanted) => (wanted.endsWith('_') ? name.startsWith(wanted) : name === wanted));
  });
}
