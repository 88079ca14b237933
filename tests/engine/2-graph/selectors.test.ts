import { describe, expect, it } from 'vitest';
import { buildGraph, select } from '../../../src/2-graph/index.ts';
import type { Json } from '../../../src/core/index.ts';
import { model, project } from './project-builder.ts';

const things = [model('a', { tags: ['x'] }), model('b', { tags: ['x', 'y'], refs: ['a'] }), model('c')];

type Entry = { name: string; definition: Json; default?: boolean };

const graphOf = (...selectors: Entry[]) => buildGraph(project(things, { selectors }));

function run(selectors: Entry[], request: { selector?: string; select?: string[] } = {}) {
  const selection = select(graphOf(...selectors), { select: [], exclude: [], indirectSelection: 'eager', ...request });
  return { ids: selection.ids.map((id) => id.slice('model.shop.'.length)), diagnostics: selection.diagnostics };
}

describe('the default selector', () => {
  const selectors = [{ name: 'only_c', definition: 'c', default: true }];

  it('counts when nothing is asked for', () => {
    expect(run(selectors).ids).toEqual(['c']);
  });

  it('does not count beside --select or another --selector', () => {
    expect(run(selectors, { select: ['a'] }).ids).toEqual(['a']);
    expect(run([...selectors, { name: 'tagged', definition: 'tag:y' }], { selector: 'tagged' }).ids).toEqual(['b']);
  });
});

describe('a faulty selector', () => {
  const faults: readonly (readonly [string, Json, string, string | undefined])[] = [
    ['an unknown method', { tga: 'x' }, "Selector 's': 'tga' is not a valid method name", "Did you mean 'tag'?"],
    ['a criterion as text with an unknown method', 'tga:x', "'tga' is not a valid method name", "Did you mean 'tag'?"],
    ['a list', ['a'], "expected text, a dictionary, 'union' or 'intersection'", undefined],
    ['a union that is no list', { union: 'a' }, "expected a list under 'union'", undefined],
    [
      'two keys that are no method',
      { tag: 'x', path: 'y' },
      "expected one key, or 'method' and 'value', but found tag, path",
      undefined,
    ],
    [
      'a union beside others at the top',
      { union: ['a'], tag: 'x' },
      "only one 'union' or 'intersection' may stand at the top",
      undefined,
    ],
    [
      'two excludes',
      { union: ['a', { exclude: ['b'] }, { exclude: ['c'] }] },
      "'union' may have one 'exclude' only",
      undefined,
    ],
    [
      'a depth that is no number',
      { method: 'fqn', value: 'a', parents_depth: 'two' },
      "'parents_depth' has to be a whole number",
      undefined,
    ],
    [
      'an unknown mode',
      { method: 'fqn', value: 'a', indirect_selection: 'cautios' },
      "'cautios' is not a valid indirect_selection",
      "Did you mean 'cautious'?",
    ],
    [
      'an unknown parent',
      { method: 'selector', value: 'erlier' },
      "an existing selector named 'erlier' was not found",
      "Did you mean 'earlier'?",
    ],
    [
      'incompatible operators',
      { method: 'fqn', value: 'a', children: true, childrens_parents: true },
      'are incompatible',
      undefined,
    ],
    ['a misspelt union', { unoin: ['a'] }, 'neither a method nor a way', "Did you mean 'union'?"],
    ['incompatible operators as text', '@a+', '"@" prefix and "+" suffix are incompatible', expect.any(String)],
  ];

  it.each(faults)('with %s is an error of the project', (_, definition, message, hint) => {
    const { diagnostics } = graphOf({ name: 'earlier', definition: 'a' }, { name: 's', definition });
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({
      code: 'graph/invalid-selector',
      severity: 'error',
      message: expect.stringContaining(message),
    });
    expect(diagnostics[0]?.hint).toEqual(hint);
  });

  it('cannot inherit from one that stands below it, nor from itself', () => {
    const { diagnostics } = graphOf(
      { name: 'first', definition: { method: 'selector', value: 'second' } },
      { name: 'second', definition: { method: 'selector', value: 'second' } },
    );
    expect(diagnostics.map(({ code }) => code)).toEqual(['graph/invalid-selector', 'graph/invalid-selector']);
  });

  it('with a key that means nothing works, but is warned of', () => {
    const selectors = [{ name: 's', definition: { method: 'fqn', value: 'a', childern: true } }];
    expect(run(selectors, { selector: 's' }).ids).toEqual(['a']);
    expect(graphOf(...selectors).diagnostics).toMatchObject([
      { code: 'graph/unknown-selector-key', severity: 'warning', hint: "Did you mean 'children'?" },
    ]);
  });

  it('that does not exist is an error that names those that do', () => {
    const { ids, diagnostics } = run([{ name: 'nightly', definition: 'a' }], { selector: 'nightli' });
    expect(ids).toEqual([]);
    expect(diagnostics).toMatchObject([
      {
        code: 'graph/unknown-selector',
        message: "Could not find a selector named 'nightli'",
        hint: "Did you mean 'nightly'?",
      },
    ]);
  });
});
