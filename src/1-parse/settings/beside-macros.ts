import type { MacroNode } from '../../core/index.ts';
import type { ProjectSettings } from '../project.ts';

/** The settings of a project with what its macros say: no file of settings does. */
export function besideMacros(settings: ProjectSettings, macros: ReadonlyMap<string, MacroNode>): ProjectSettings {
  return buildsMicrobatchesAtOnce(settings, macros) ? { ...settings, buildsMicrobatchesAtOnce: true } : settings;
}

/** As in dbt, unless the project says that its macro is for one batch at a time. */
function buildsMicrobatchesAtOnce({ flags }: ProjectSettings, macros: ReadonlyMap<string, MacroNode>): boolean {
  if (flags.require_batched_execution_for_custom_microbatch_strategy === true) return false;
  return [...macros.values()].some(({ name }) => /^(\w+__)?get_incremental_microbatch_sql$/.test(name));
}
