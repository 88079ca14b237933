import { describe, expect, test } from 'vitest';
import { staticCalls } from '../../../src/1-parse/sql/static-calls.ts';

const read = (text: string) => staticCalls(text, 'm.sql');

describe('calls that are read off a template', () => {
  test('are those of ref, source and config with literal arguments', () => {
    const text =
      "{# ref('no') #}{{config(a=1, b='x', c=[true, None], d={'k': [1, -2]},)}} {{- ref( \"a\" ) -}} {{ source('s','t') }}";
    expect(read(text)).toMatchObject({
      config: { a: 1, b: 'x', c: [true, null], d: { k: [1, -2] } },
      configSpan: { start: 17, end: 70 },
      refs: [{ name: 'a', package: null, version: null, span: { file: 'm.sql' } }],
      sources: [{ source: 's', table: 't' }],
    });
    expect(read("{{ ref('p', 'a', version=2) }}")?.refs).toMatchObject([{ package: 'p', name: 'a', version: 2 }]);
    expect(read("{{ ref('a', v=0) }}")?.refs).toMatchObject([{ name: 'a', version: 0 }]);
    expect(read('select { 1 } from a')).toMatchObject({ refs: [], sources: [] });
  });

  test('count a source once, and a model as often as it is named', () => {
    const text = "{{ source('s', 't') }} {{ source('s', 'u') }} {{ source('s', 't') }} {{ ref('a') }} {{ ref('a') }}";
    expect(read(text)).toMatchObject({
      sources: [{ table: 't', span: { start: 3 } }, { table: 'u' }],
      refs: [{ name: 'a' }, { name: 'a' }],
    });
  });

  test('several config calls add up', () => {
    expect(read("{{ config(tags='a', x=1) }}{{ config(tags=['b'], x=2) }}")?.config).toEqual({
      tags: ['a', 'b'],
      x: 2,
    });
  });

  test.each([
    '{{ ref(name) }}',
    "{{ ref('a' ~ 'b') }}",
    "{{ ref('a') | upper }}",
    "{{ ref('a').schema }}",
    "{{ ref('a\\'b') }}",
    "{{ ref('a' 'b') }}",
    '{{ ref() }}',
    "{{ ref('a', 'b', 'c') }}",
    "{{ ref('a', x=1) }}",
    "{{ source('a') }}",
    "{{ source('a', name='b') }}",
    '{{ config(a=1.5) }}',
    '{{ config(a=var("x")) }}',
    '{{ config({"a": 1}) }}',
    '{{ config() }}',
    '{{ config(a=1, a=2) }}',
    '{% if true %}{% endif %}',
    '{{ x }}',
    '{{ refs("a") }}',
    '{# open',
    "{{ ref('a') }",
    "{{ ref('a'",
  ])('everything else is left to rendering: %s', (text) => {
    expect(read(text)).toBeUndefined();
  });

  test('a part of a text is read on its own', () => {
    const text = "{{ a }}{{ ref('b') }}{{ c }}";
    expect(staticCalls(text, 'f', 7, 21)?.refs).toMatchObject([{ name: 'b', span: { start: 10, end: 18 } }]);
  });
});
