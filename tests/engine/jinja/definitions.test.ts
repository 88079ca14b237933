import { describe, expect, test } from 'vitest';
import {
  bodyTemplate,
  definitionBody,
  definitionText,
  hasMarkup,
  makeMacro,
  parseTemplate,
  renderTemplate,
} from '../../../src/jinja/index.ts';
import { errorOf, world } from './world.ts';

const TEXT = `{# a file #}
{%- macro one(a, b: string = 'x', c=none) -%}
  {{ a }}
{%- endmacro -%}

{% test fresh(model, column_name) %}select 1{% endtest %}
{% data_test old(model) %}select 2{% enddata_test %}
{% materialization kept, adapter='duckdb', supported_languages=['sql', 'python'] %}m{% endmaterialization %}
{% materialization kept, default %}m{% endmaterialization %}
{% snapshot snap %}
  {{ config(strategy='check') }}
  select * from {{ ref('x') }}
{% endsnapshot %}
{%- docs about -%} Some *text* {%- enddocs %}
{% if true %}{% macro inner() %}{% endmacro %}{% endif %}
`;

describe('definitions', () => {
  const { blocks } = parseTemplate(TEXT, { file: 'macros/all.sql' });

  test('are found at the top level with their dbt names', () => {
    expect(blocks.map(({ kind, name, fullName, adapter }) => [kind, name, fullName, adapter])).toEqual([
      ['macro', 'one', 'one', undefined],
      ['test', 'fresh', 'test_fresh', undefined],
      ['test', 'old', 'test_old', undefined],
      ['materialization', 'kept', 'materialization_kept_duckdb', 'duckdb'],
      ['materialization', 'kept', 'materialization_kept_default', undefined],
      ['snapshot', 'snap', 'snap', undefined],
      ['docs', 'about', 'about', undefined],
    ]);
  });

  test('know their arguments', () => {
    expect(
      blocks[0]!.arguments.map(({ name, type, hasDefault, start, end }) => [
        name,
        type,
        hasDefault,
        TEXT.slice(start, end),
      ]),
    ).toEqual([
      ['a', undefined, false, 'a'],
      ['b', 'string', true, "b: string = 'x'"],
      ['c', undefined, true, 'c=none'],
    ]);
    expect(blocks[3]!.arguments.map(({ name }) => name)).toEqual(['supported_languages']);
  });

  test('know their spans and their texts', () => {
    const [one, fresh] = [blocks[0]!, blocks[1]!];
    expect(TEXT.slice(one.start, one.end)).toMatch(/^\{%- macro one[\s\S]*endmacro -%\}$/);
    expect(TEXT.slice(one.nameStart, one.nameEnd)).toBe('one');
    expect(TEXT.slice(fresh.bodyStart, fresh.bodyEnd)).toBe('select 1');
    expect(definitionText(fresh)).toBe('{% test fresh(model, column_name) %}select 1{% endtest %}');
    // dbt's manifest keeps the blanks that the block's own signs eat.
    expect(definitionText(one)).toBe(TEXT.slice(one.start - 1, one.end + 2));
  });

  test('snapshots and docs are bodies to be rendered by themselves, with the places of the file', () => {
    const snapshot = blocks[5]!;
    const scope = world({}, {});
    const names = scope.names;
    names.set('ref', makeMacro(parseTemplate('{% macro ref(x) %}db.{{ x }}{% endmacro %}').blocks[0]!));
    names.set(
      'config',
      makeMacro(parseTemplate('{% macro config() %}{{ return("") }}{{ kwargs }}{% endmacro %}').blocks[0]!),
    );
    expect(definitionBody(snapshot).text).toBe(TEXT.slice(snapshot.bodyStart, snapshot.bodyEnd));
    expect(renderTemplate(bodyTemplate(snapshot), { scope })).toBe('\n  \n  select * from db.x');
    names.delete('ref');
    const error = errorOf(() => renderTemplate(bodyTemplate(snapshot), { scope }));
    expect([error.file, error.line]).toEqual(['macros/all.sql', 12]);
    expect(definitionBody(blocks[6]!).text).toBe('Some *text*');
  });

  test('print nothing where they are written, and stay invisible to the file, as in dbt', () => {
    const text = 'a{% macro m() %}x{% endmacro %}b{% docs d %}y{% enddocs %}{{ m is defined }}';
    expect(renderTemplate(parseTemplate(text))).toBe('abFalse');
  });

  test('a material mistake in a definition is reported', () => {
    expect(
      errorOf(() => parseTemplate('{% materialization m, language="sql" %}{% endmaterialization %}')).message,
    ).toMatch(/unknown argument/);
    expect(errorOf(() => parseTemplate('{% materialization m, adapter=x %}{% endmaterialization %}')).message).toMatch(
      /must be a string/,
    );
    expect(errorOf(() => parseTemplate('{% macro m() %}')).message).toMatch(/Unexpected end of template/);
  });
});

test('a part of a text can be parsed with the places of the whole', () => {
  const text = 'xx {{ a }} {{ b.c }} yy';
  const template = parseTemplate(text, { start: 3, end: 20, file: 'f' });
  const error = errorOf(() => renderTemplate(template));
  expect(text.slice(error.start, error.end)).toBe('b.c');
});

test('texts without anything to do are known', () => {
  expect(['a { b', 'a {{ b }}', '{% x %}', '{# c #}', 'x }}', 'plain %'].map(hasMarkup)).toEqual([
    false,
    true,
    true,
    true,
    true,
    false,
  ]);
});
