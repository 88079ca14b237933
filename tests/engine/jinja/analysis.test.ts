import { describe, expect, test } from 'vitest';
import { findCalls, freeNames, parseTemplate, staticCalls } from '../../../src/jinja/index.ts';

const NAMES = new Set(['ref', 'source', 'config']);

describe('staticCalls', () => {
  test('lists the calls of a plain model as JS data', () => {
    const text =
      "{{ config(materialized='table', tags=['a', 1], meta={'k': [none, true, -1.5]}) }}\n-- {# {{ ref('no') }} #}\nselect * from {{ ref('p', 'm', v=2) }}{% do source('a', 'b') %}{% raw %}{{ ref('raw') }}{% endraw %}";
    const calls = staticCalls(parseTemplate(text), NAMES)!;
    expect(calls.map(({ start, end, ...call }) => [call, text.slice(start, end).slice(0, 6)])).toEqual([
      [
        {
          name: 'config',
          args: [],
          kwargs: { materialized: 'table', tags: ['a', 1], meta: { k: [null, true, -1.5] } },
        },
        'config',
      ],
      [{ name: 'ref', args: ['p', 'm'], kwargs: { v: 2 } }, "ref('p"],
      [{ name: 'source', args: ['a', 'b'], kwargs: {} }, 'source'],
    ]);
    expect(staticCalls(parseTemplate('select 1'), NAMES)).toEqual([]);
  });

  test('gives up on everything else', () => {
    for (const text of [
      '{{ x }}',
      '{{ ref(x) }}',
      '{{ ref(*["a"]) }}',
      "{{ ref('a') ~ 'b' }}",
      "{{ ref('a').schema }}",
      "{{ ref('a')|upper }}",
      "{% if true %}{{ ref('a') }}{% endif %}",
      "{% set x = ref('a') %}",
      '{{ star() }}',
      "{{ config(x=var('y')) }}",
      '{% macro m() %}{% endmacro %}',
      "{{ 'text' }}",
    ]) {
      expect(staticCalls(parseTemplate(text), NAMES), text).toBeUndefined();
    }
  });
});

describe('findCalls', () => {
  test('finds calls anywhere, with what is literal', () => {
    const text =
      "{% if x %}{{ ref('a') }}{% else %}{% set y = f(ref(z, 'b')) %}{% endif %}{% for i in ref('c', **k) %}{{ adapter.dispatch('q', 'p')(1) }}{% endfor %}";
    const calls = findCalls(parseTemplate(text), new Set(['ref', 'adapter.dispatch']));
    expect(
      calls.map(({ name, args, spread, start, end }) => [
        name,
        args.map(({ value }) => value),
        spread,
        text.slice(start, end),
      ]),
    ).toEqual([
      ['ref', ['a'], false, "ref('a')"],
      ['ref', [undefined, 'b'], false, "ref(z, 'b')"],
      ['ref', ['c'], true, "ref('c', **k)"],
      ['adapter.dispatch', ['q', 'p'], false, "adapter.dispatch('q', 'p')"],
    ]);
  });

  test('looks into definitions, and names keyword arguments', () => {
    const [block] = parseTemplate("{% macro m(a=env_var('A')) %}{{ var('b', default=1) }}{% endmacro %}").blocks;
    const calls = findCalls(block!, new Set(['var', 'env_var']));
    expect(calls.map(({ name, kwargs }) => [name, kwargs.map((one) => [one.name, one.value])])).toEqual([
      ['env_var', []],
      ['var', [['default', 1]]],
    ]);
  });
});

describe('freeNames', () => {
  const free = (text: string): string[] => [...freeNames(parseTemplate(text))].sort();

  test('lists names and attribute chains', () => {
    expect(free("{{ a.b.c }}{{ f(x)[y].z }}{% if adapter.dispatch('q')() is defined %}{% endif %}")).toEqual([
      'a',
      'a.b',
      'a.b.c',
      'adapter',
      'adapter.dispatch',
      'f',
      'x',
      'y',
    ]);
  });

  test('leaves out what the template binds', () => {
    expect(
      free('{% set a = b %}{{ a }}{% for i, j in c %}{{ i }}{{ j }}{{ loop.index }}{{ d }}{% endfor %}{{ i }}'),
    ).toEqual(['b', 'c', 'd', 'i']);
    expect(free('{% with a = b %}{{ a }}{% endwith %}{{ a }}')).toEqual(['a', 'b']);
    expect(free('{% call(x) m(q) %}{{ x }}{{ y }}{% endcall %}')).toEqual(['m', 'q', 'y']);
    expect(free('{% if c %}{% set a = 1 %}{% endif %}{{ a }}')).toEqual(['a', 'c']);
    expect(free('{% set x %}{{ y }}{% endset %}{{ x|upper }}')).toEqual(['y']);
  });

  test('works on a definition, defaults included', () => {
    const [block] = parseTemplate(
      '{% macro m(a, b=c) %}{{ a }}{{ b }}{{ varargs }}{{ kwargs }}{{ caller() }}{{ d.e }}{% endmacro %}',
    ).blocks;
    expect([...freeNames(block!)].sort()).toEqual(['c', 'd', 'd.e']);
  });
});
