import type { Call } from '../../cli/engine/call.ts';
import type { Host } from '../../cli/engine/host.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import type { PlanOutcome } from '../../cli/engine/partitions.ts';
import { RelationCache } from '../../core/index.ts';
import { targetWarehouse } from '../lazy-warehouse.ts';
import { withCodeVersions } from '../partitions/code-versions.ts';
import { withPartitions } from '../partitions/partitions.ts';
import { hasError } from '../unusable.ts';
import { chooseSteps } from './choose-steps.ts';
import { documentOf } from './plan-changes.ts';
import { noTexts, planTexts } from './plan-texts.ts';

/** What `build` would do, without doing it. */
export async function planLoaded(project: Loaded, given: Call, host: Host): Promise<PlanOutcome> {
  const call: Call = { ...given, command: 'build' };
  const { chosen, diagnostics } = await chooseSteps(project, call, host);
  if (!chosen) return { exitCode: 2, diagnostics, plan: undefined };
  const { loaded, selected } = chosen;
  const warehouse = targetWarehouse(loaded);
  try {
    const relations = new RelationCache();
    return await withCodeVersions(loaded, async (versionOf): Promise<PlanOutcome> => {
      const planned = await withPartitions({
        plan: chosen.plan,
        loaded,
        call,
        warehouse,
        relations,
        explain: versionOf,
      });
      const problems = [...diagnostics, ...planned.diagnostics];
      if (hasError(problems)) return { exitCode: 2, diagnostics: problems, plan: undefined };
      const texts = call.compile
        ? await planTexts(planned.plan, loaded, { call, host, warehouse, relations, selected })
        : noTexts;
      problems.push(...texts.diagnostics);
      const plan = await documentOf(planned.plan, loaded, call, { ...planned, ...texts, versionOf });
      return { exitCode: 0, diagnostics: problems, plan };
    });
  } finally {
    await warehouse.close();
  }
}
