import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../../src/2-graph/index.ts';
import { createPlan, holdBack, type Step } from '../../../src/4-plan/index.ts';
import { runSteps } from '../../../src/5-execute/schedule.ts';
import { takeApart } from '../../../src/5-execute/take-apart.ts';
import { stepId } from '../../../src/core/index.ts';
import { model, project, test } from '../2-graph/project-builder.ts';
import { config, gold, randomProject, type Things } from '../4-plan/random-project.ts';

const partitions = { values: ['1', '2', '3'], column: 'day' };
const short = (id: string): string => id.replaceAll(/(model|test)\.shop\./g, '');

/** A build of the first two partitions of whatever has partitions, while the third is there. */
function stepsOf(things: Things): readonly Step[] {
  const graph = buildGraph(project(things));
  const { steps } = createPlan(graph, {
    command: 'build',
    selected: graph.order,
    testsBlock: true,
    withProjectHooks: false,
  });
  const isParted = (id: string): boolean => things.some((one) => one.unique_id === id && 'partitions' in one.config);
  const parted = steps.map((step) => (isParted(step.nodeId) ? { ...step, partitions: '1,2' } : step));
  const held = holdBack(parted, graph, { canStage: () => true, hasOthers: () => true });
  return takeApart({ steps: held }, graph, { now: 0, current: true });
}

/** The order in which steps are run where those that are named fail; what is not run is told in brackets. */
async function runOf(steps: readonly Step[], failing: readonly string[] = []): Promise<readonly string[]> {
  const log: string[] = [];
  await runSteps(steps, {
    threads: 1,
    run: async (step, _, failed) => {
      const id = short(stepId(step));
      log.push(step.part === 'publish' && failed.length > 0 ? `${id} put aside` : id);
      return !failing.includes(id) && (step.part !== 'publish' || failed.length === 0);
    },
    skip: (step) => log.push(`(${short(stepId(step))})`),
    stopped: () => false,
  });
  return log;
}

const sales = (...refs: string[]) => model('sales', { refs, layer: 'gold', config: { ...config, partitions } });
const isKnown = test('known', ['sales', 'people'], { attached_node: 'model.shop.sales' });

describe('a test of partitions that looks at another table', () => {
  it('looks at those that stay before that is published, and at each of the others after that', async () => {
    const before = ['people staged', 'known of the rest', 'people'];
    const log = await runOf(stepsOf([gold('people'), sales('people'), isKnown]));
    expect(log.slice(0, 3)).toEqual(before);
    expect(log.slice(3).toSorted()).toEqual(
      ['sales[1] staged', 'sales[2] staged', 'known[1]', 'known[2]', 'sales[1]', 'sales[2]'].toSorted(),
    );
  });

  it('holds back that table and not the partitions, if those that stay are in want of it', async () => {
    const log = await runOf(stepsOf([gold('people'), sales(), isKnown]), ['known of the rest']);
    expect(log).toContain('people put aside');
    expect(log.slice(log.indexOf('people put aside'))).toEqual(
      expect.arrayContaining(['known[1]', 'known[2]', 'sales[1]', 'sales[2]']),
    );
  });
});

describe('any graph with any tests and partitions', () => {
  it('comes to its end', async () => {
    let ofTheRest = 0;
    for (let seed = 1; seed <= 400; seed += 1) {
      const things = randomProject(seed).map((thing, index) =>
        thing.resource_type === 'test'
          ? { ...thing, attached_node: index % 2 === 0 ? undefined : `model.shop.${thing.refs[0]?.name}` }
          : (seed + index) % 3 === 0
            ? { ...thing, config: { ...thing.config, partitions } }
            : thing,
      );
      const steps = stepsOf(things as Things);
      const log = await runOf(steps);
      expect(
        log.filter((one) => /^\(|aside$/.test(one)),
        `seed ${seed}`,
      ).toEqual([]);
      ofTheRest += steps.filter(({ part }) => part === 'rest').length;
    }
    expect(ofTheRest).toBeGreaterThan(100);
  });
});
