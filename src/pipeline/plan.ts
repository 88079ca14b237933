import type { Call, Host, Loaded } from '../cli/engine.ts';
import type { PlanOutcome } from '../cli/partition-outcomes.ts';
import { RelationCache } from '../core/index.ts';
import { withAskedKeys } from './asked-keys.ts';
import { withCodeVersions } from './code-versions.ts';
import { lazyWarehouse } from './lazy-warehouse.ts';
import { withPartitions } from './partitions.ts';
import { documentOf } from './plan-changes.ts';
import { noTexts, planTexts } from './plan-texts.ts';
import { planOf } from './run.ts';
import { selectNodes } from './select.ts';
import { hasError } from './unusable.ts';

/** What `build` would do, without doing it. */
export async function planLoaded(project: Loaded, given: Call, host: Host): Promise<PlanOutcome> {
  const call: Call = { ...given, command: 'build' };
  const { shelves, environment } = project;
  const selection = await selectNodes(project, call);
  const problems = [...project.diagnostics, ...selection.diagnostics];
  if (hasError(problems)) return { exitCode: 2, diagnostics: problems, plan: undefined };
  const selected = planOf(project, call, selection.ids);
  const { loaded, diagnostics } = await withAskedKeys(project, selected, call, host);
  problems.push(...diagnostics);
  const warehouse = lazyWarehouse(() => shelves.adapter.connect(environment.target.output, { threads: 1 }));
  try {
    const relations = new RelationCache();
    return await withCodeVersions(loaded, async (versionOf): Promise<PlanOutcome> => {
      const planned = await withPartitions({ plan: selected, loaded, call, warehouse, relations, explain: versionOf });
      problems.push(...planned.diagnostics);
      if (hasError(problems)) return { exitCode: 2, diagnostics: problems, plan: undefined };
      const texts = call.compile
        ? await planTexts(planned.plan, loaded, { call, host, warehouse, relations, selected: selection.ids })
        : noTexts;
      problems.push(...texts.diagnostics);
      const plan = await documentOf(planned.plan, loaded, call, { ...planned, ...texts, versionOf });
      return { exitCode: 0, diagnostics: problems, plan };
    });
  } finally {
    await warehouse.close();
  }
}
