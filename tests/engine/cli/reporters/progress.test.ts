import { describe, expect, it } from 'vitest';
import { plainStyle } from '../../../../src/cli/reporters/style.ts';
import { TextReporter } from '../../../../src/cli/reporters/text-reporter.ts';
import type { Event, StepFinished } from '../../../../src/core/index.ts';
import { genericTest, graphOf, model } from '../../6-record/graph.ts';
import { KeptText } from '../../kept-text.ts';

const graph = graphOf(model('fact', []), genericTest('unique_fact_id', 'model.shop.fact'));
const fact = 'model.shop.fact';
const unique = [...graph.nodes.keys()].find((id) => id.startsWith('test.')) ?? '';

/** A run of so many partitions, each of which takes a second and has a test. */
function run(partitions: number, change: (day: number) => Partial<StepFinished> = () => ({})): Event[] {
  const days = Array.from({ length: partitions }, (_, day) => day);
  const key = (day: number): string => `day ${day}`;
  const ended = (nodeId: string, day: number, status: StepFinished['status']): StepFinished => ({
    kind: 'step-finished',
    at: (day + 1) * 1000,
    nodeId,
    partition: key(day),
    thread: 1,
    status,
    startedAt: day * 1000,
    message: 'OK',
    failures: null,
    rowsAffected: null,
    diagnostics: [],
    ...(nodeId === fact ? change(day) : {}),
  });
  return [
    {
      kind: 'run-started',
      at: 0,
      invocationId: 'r',
      command: 'backfill',
      args: {},
      target: 'dev',
      version: '0',
      steps: [
        ...days.map((day) => ({ nodeId: fact, resourceType: 'model', partition: key(day) })),
        ...days.map((day) => ({ nodeId: unique, resourceType: 'test', partition: key(day) })),
      ],
    },
    ...days.flatMap((day): Event[] => [
      { kind: 'step-started', at: day * 1000, nodeId: fact, partition: key(day), index: day, thread: 1 },
      ended(unique, day, 'pass'),
      ended(fact, day, 'success'),
    ]),
  ];
}

function told(events: readonly Event[], isTerminal = false): string {
  const stream = new KeptText(isTerminal, 100);
  let at = 0;
  const reporter = new TextReporter({
    style: plainStyle,
    width: 60,
    readSource: () => undefined,
    rerun: (node, partitions) => `ingot backfill ${node.name} --partition ${partitions.join(' ')}`,
    messages: stream,
    results: stream,
    level: 'info',
    quiet: false,
    print: true,
    now: () => new Date(at),
  });
  reporter.project(graph);
  for (const event of events) {
    at = event.at;
    reporter.event(event);
  }
  reporter.close();
  return stream.text.replace(/^\d\d:\d\d:\d\d {2}/gm, '');
}

describe('a run of many partitions', () => {
  it('is told in ten lines for each asset and one for each test, with the time that is left', () => {
    const lines = told(run(100)).trim().split('\n').slice(1);
    expect(lines).toHaveLength(11);
    expect(lines[0]).toBe('fact: 10 of 100 partitions, about 1:30 left');
    expect(lines[8]).toBe('fact: 90 of 100 partitions, about 0:10 left');
    expect(lines.slice(9)).toEqual(
      ['unique_fact_id: 100 partitions done in 100.00s', 'fact: 100 partitions done in 100.00s'].map((line) =>
        line.startsWith('unique') ? line.replace('done', 'tested') : line,
      ),
    );
  });

  it('tells every failure, and counts it', () => {
    const text = told(run(100, (day) => (day === 41 ? { status: 'error', message: 'broken' } : {})));
    expect(text).toMatch(/ERROR creating sql view model main\.fact\[day 41\]/);
    expect(text).toContain('fact: 50 of 100 partitions, 1 failed, about 0:50 left');
    expect(text).toContain('fact: 100 partitions done, 1 failed in 100.00s');
  });

  it('tells once what befell many partitions alike, and by itself what did not', () => {
    const day = (at: number): string => (at === 3 ? 'other' : 'broken');
    const events = run(10, (at) => (at < 8 ? { status: 'error', message: day(at) } : {}));
    const end: Event = { kind: 'run-finished', at: 10_000, elapsedMs: 10_000, outcome: 'failure' };
    const text = told([...events, end]);
    expect(
      text.slice(text.indexOf('Completed with'), text.indexOf('\nDone.')),
    ).toBe(`Completed with 8 errors, 0 partial successes, and 0 warnings:

Failure in model fact[day 0] (models/fact.sql)
  broken
  the same in: day 1, day 2, day 4, day 5, day 6 and 1 more
  run it again: ingot backfill fact --partition day 0 day 1 day 2 day 4 day 5 day 6 day 7

Failure in model fact[day 3] (models/fact.sql)
  other
  run it again: ingot backfill fact --partition day 3
`);
  });

  it('is told partition by partition where there are few', () => {
    const text = told(run(30));
    expect(text).toContain('OK created sql view model main.fact[day 29]');
    expect(text).not.toContain('of 30 partitions');
  });

  it('has a bar on a terminal, in place of the lines', () => {
    const events = run(100).slice(0, 1 + 3 * 40);
    const text = told([...events, { ...(events[1] as Event), at: 40_500 } as Event], true);
    expect(text).toMatch(/fact {2}█{12}░{18} {2}40 of 100, 1 running, 1:00 left/);
    expect(text).not.toContain('partitions, about');
  });
});
