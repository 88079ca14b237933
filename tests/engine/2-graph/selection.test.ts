import { describe, expect, it } from 'vitest';
import { buildGraph, select } from '../../../src/2-graph/index.ts';
import { type RecordedCase, readRecorded, recordedProject } from './recorded-project.ts';

const recorded = readRecorded();
const graph = buildGraph(recordedProject(recorded));
const listed = ['model', 'seed', 'snapshot', 'test', 'source', 'exposure'];

/** `dbt ls --resource-type all`, as far as our graph has the kinds. */
function answer(asked: RecordedCase) {
  const types = asked.resourceTypes ?? ['default', 'analysis'];
  return select(graph, {
    select: asked.select,
    exclude: asked.exclude,
    selector: asked.selector,
    indirectSelection: asked.indirectSelection ?? 'eager',
    resourceTypes: types.flatMap((type) => (type === 'default' ? listed : [type])),
    excludeResourceTypes: asked.excludeResourceTypes,
    includeEmptyNodes: true,
  });
}

function titleOf({ select: included, exclude, selector, indirectSelection, resourceTypes }: RecordedCase): string {
  const words = [
    ...(selector === undefined ? [] : [`--selector ${selector}`]),
    ...included.map((argument) => `'${argument}'`),
    ...exclude.map((argument) => `--exclude '${argument}'`),
    ...(indirectSelection === undefined ? [] : [indirectSelection]),
    ...(resourceTypes ?? []),
  ];
  return words.join(' ') || 'nothing at all';
}

it('links the recorded project as dbt did', () => {
  for (const [id, node] of Object.entries({ ...recorded.project.nodes, ...recorded.project.exposures })) {
    const linked = graph.nodes.get(id) ?? graph.dropped.get(id);
    expect(linked, id).toMatchObject({ depends_on: { nodes: node.depends_on.nodes } });
  }
});

describe('selects what dbt 1.11 selects', () => {
  it.each(recorded.cases.map((asked) => [titleOf(asked), asked] as const))('%s', (_, asked) => {
    const { ids, diagnostics } = answer(asked);
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    if (asked.error !== undefined) {
      expect(errors, asked.error).toHaveLength(1);
      return;
    }
    expect(errors).toEqual([]);
    expect([...ids].sort()).toEqual(asked.ids?.map((at) => recorded.ids[at]));
    const unmatched = diagnostics.map(({ message }) => /criterion '(.*)' does not/.exec(message)?.[1]);
    expect(unmatched.sort()).toEqual(asked.nothing);
  });
});
