import { describe, expect, test } from 'vitest';
import {
  hostFunction,
  parseTemplate,
  render,
  renderTemplate,
  renderTemplateAsync,
  TemplateError,
} from '../../../src/jinja/index.ts';
import { errorOf, later, rejectionOf, world } from './world.ts';

const FILES = {
  'macros/a.sql': '{% macro a(x) %}\n  select {{ b(x) }}\n{% endmacro %}',
  'macros/b.sql':
    '{# first #}\n{% macro b(x) %}{{ c(x) }}{% endmacro %}\n{% macro c(x) %}\n  {{ x.y.z }}\n{% endmacro %}',
};

describe('places', () => {
  test('an error three calls deep names its file, line and column, and every call', () => {
    const template = parseTemplate('select 1,\n  {{ a({}) }}', { file: 'models/m.sql' });
    const error = errorOf(() => renderTemplate(template, { scope: world(FILES) }));
    expect(error.message).toBe("'dict object' has no attribute 'y'");
    expect(error.place).toMatchObject({ file: 'macros/b.sql', line: 4, column: 6 });
    expect(error.chain.map(({ name, file, line, column }) => `${name} ${file}:${line}:${column}`)).toEqual([
      'c macros/b.sql:2:20',
      'b macros/a.sql:2:13',
      'a models/m.sql:2:6',
    ]);
    expect(error.format().split('\n')).toEqual([
      "macros/b.sql:4:6: 'dict object' has no attribute 'y'",
      '  in c, called at macros/b.sql:2:20',
      '  in b, called at macros/a.sql:2:13',
      '  in a, called at models/m.sql:2:6',
    ]);
  });

  test('an error that is only printed tells its place, and shows nothing of how it is kept', () => {
    const error = errorOf(() => render('select 1,\n  {{ a. }}', {}, { file: 'models/m.sql' }));
    expect(String(error)).toBe('TemplateError: models/m.sql:2:9: expected name or number');
    expect(Object.keys(error)).not.toContain('source');
  });

  test('the same in an asynchronous render, past a wait', async () => {
    const template = parseTemplate('{{ later(1) }}\n{{ a({}) }}', { file: 'models/m.sql' });
    const error = await rejectionOf(renderTemplateAsync(template, { scope: world(FILES, { later }) }));
    expect(error.place).toMatchObject({ file: 'macros/b.sql', line: 4, column: 6 });
    expect(error.chain.map(({ name }) => name)).toEqual(['c', 'b', 'a']);
  });

  test('start and end are those of the smallest expression that failed', () => {
    const spanOf = (text: string): string => {
      const error = errorOf(() => render(text, { x: {}, l: [1] }));
      return text.slice(error.start, error.end);
    };
    expect(spanOf('{{ 1 + (2 / 0) }}')).toBe('(2 / 0)');
    expect(spanOf('{{ 1 + x.a.b + 2 }}')).toBe('x.a.b');
    expect(spanOf('a {% if l < 1 %}{% endif %}')).toBe('l < 1');
    expect(spanOf('{{ "a"|upper ~ l|join(1)|int(2, 3, 4) }}')).toBe('l|join(1)|int(2, 3, 4)');
    expect(spanOf('{{ nope(1, 2) }}')).toBe('nope(1, 2)');
    expect(spanOf('{{ [1, l.index(5)] }}')).toBe('l.index(5)');
    expect(spanOf('{% for a, b in l %}{% endfor %}')).toBe('a, b');
    expect(spanOf('{% for a in 5 %}{% endfor %}')).toBe('5');
    expect(spanOf('{% set a, b = l %}')).toBe('a, b');
    expect(spanOf('{{ x["k"]["j"] }}')).toBe('x["k"]["j"]');
    expect(spanOf('{{ -l }}')).toBe('-l');
    expect(spanOf('{{ {l: 1} }}')).toBe('{l: 1}');
  });

  test('a mistake in the text has a place too, also with other line ends', () => {
    const error = errorOf(() => parseTemplate('a\r\nb\r  {% if x %}\r\n{% endfor %}', { file: 'm.sql' }));
    expect(error.errorClass).toBe('TemplateSyntaxError');
    expect(error.place).toMatchObject({ file: 'm.sql', line: 4, column: 4 });
  });

  test('a tag or a text that nobody closed is told where it starts, and not where the next one made no sense', () => {
    const told = (text: string) => {
      const { message, line, column, hint, related } = errorOf(() => parseTemplate(text));
      return { message, at: `${line}:${column}`, hint, opened: related && text.slice(related.start, related.end) };
    };
    const close = { hint: "Close it with '}}'", opened: '{{' };
    expect(told("select * from {{ ref('a')\n),\nb as (")).toEqual({ message: "unexpected ')'", at: '2:1', ...close });
    expect(told("{{ config(x='y') } select")).toEqual({ message: "unexpected '}'", at: '1:18', ...close });
    expect(told("{{ ref('a')\nwhere b")).toMatchObject({ at: '2:1', hint: "Close it with '}}'", opened: '{{ ref' });
    expect(told('{% set x = 1 select {{ x }}')).toMatchObject({ hint: "Close it with '%}'", opened: '{% set' });
    expect(told('{{ a b }}').hint).toBeUndefined();
    const text = { message: 'The text that starts here is not closed', at: '1:8' };
    expect(told("{{ ref('a) }}\n{{ ref('b') }}")).toMatchObject(text);
    expect(told("{{ ref('a) }}\n{{ ref('b) }}")).toMatchObject(text);
    expect(told("{{ ref('a) }} b")).toMatchObject({ at: '1:8', hint: 'The text that starts here is never closed' });
    expect(told('{{ ref(‘a’) }}').hint).toBe(`A text stands between straight quotation marks, ' or "`);
    expect(told("{{ config(a='b',, c='d') }}")).toMatchObject({ at: '1:17' });
    expect(told("{% config(a='b') %}").hint).toBe('Write the call as {{ config(…) }}, or behind {% do');
  });

  test('what a mapping lacks is told with what it has', () => {
    const error = errorOf(() => render('{{ x.amuont.b }}', { x: { amount: 1, id: 2 } }));
    expect(error.message).toBe("'dict object' has no attribute 'amuont'");
    expect(error.unknown).toEqual({ name: 'amuont', known: ['amount', 'id'], isMember: true });
  });

  test('unknown filters and wrong arguments are reported where they stand', () => {
    const unknown = errorOf(() => render('a\n{{ 1|nope }}'));
    expect(unknown).toMatchObject({ errorClass: 'TemplateAssertionError', line: 2, column: 4 });
    const wrong = errorOf(() => renderTemplate(parseTemplate('\n{{ a(1, 2) }}'), { scope: world(FILES) }));
    expect(wrong).toMatchObject({ message: "macro 'a' takes not more than 1 argument(s)", line: 2, column: 4 });
  });

  test('tags for other files are refused with advice', () => {
    for (const text of ['{% include "a" %}', '{% extends "a" %}', '{% import "a" as b %}', '{% from "a" import b %}']) {
      const error = errorOf(() => parseTemplate(text));
      expect(error.errorClass).toBe('TemplateSyntaxError');
      expect(error.message).toMatch(/not available/);
    }
  });
});

describe('errors of the host', () => {
  test('a TemplateError of a host function gets the place of the call and the chain', () => {
    const fails = hostFunction('fails', () => {
      throw new TemplateError('no such model');
    });
    const scope = world({ 'm.sql': '{% macro m() %}\n{{ fails("x") }}{% endmacro %}' }, { fails });
    const error = errorOf(() => renderTemplate(parseTemplate('{{ m() }}', { file: 'model.sql' }), { scope }));
    expect(error).toMatchObject({ message: 'no such model', errorClass: 'CompilationError', file: 'm.sql', line: 2 });
    expect(error.chain).toMatchObject([{ name: 'm', file: 'model.sql', line: 1, column: 4 }]);
  });

  test('any other error is kept as the cause', async () => {
    const cause = new Error('connection lost');
    const fails = hostFunction('fails', () => Promise.reject(cause));
    const error = await rejectionOf(
      renderTemplateAsync(parseTemplate('{{ fails() }}'), { scope: world({}, { fails }) }),
    );
    expect(error).toMatchObject({ message: 'connection lost', errorClass: 'HostError', cause, start: 3, end: 10 });
  });

  test('the call site tells place, chain and arguments', () => {
    const seen: unknown[] = [];
    const note = hostFunction('note', (args, kwargs, site) => {
      seen.push([
        args,
        [...kwargs],
        site.file,
        site.start,
        site.end,
        site.line,
        site.column,
        site.chain.map(({ name }) => name),
        site.mode,
      ]);
      return '';
    });
    const scope = world({ 'm.sql': '{% macro m() %}\n {{ note(1, k=2) }}{% endmacro %}' }, { note });
    renderTemplate(parseTemplate('{{ note("x") }}{{ m() }}', { file: 'model.sql' }), { scope });
    expect(seen).toEqual([
      [['x'], [], 'model.sql', 3, 12, 1, 4, [], 'sync'],
      [[1], [['k', 2]], 'm.sql', 20, 32, 2, 5, ['m'], 'sync'],
    ]);
  });
});

describe('recursion', () => {
  const loop = { 'm.sql': '{% macro a(n) %}{{ b(n) }}{% endmacro %}{% macro b(n) %}{{ a(n) }}{% endmacro %}' };

  test('is bounded, and the error names the chain', () => {
    const error = errorOf(() => renderTemplate(parseTemplate('{{ a(1) }}'), { scope: world(loop) }));
    expect(error.errorClass).toBe('RecursionError');
    expect(error.message).toMatch(/nested more than 910 deep: .*a → b/);
    expect(error.file).toBe('m.sql');
    expect(error.format().split('\n').length).toBeLessThan(30);
  });

  test('is bounded in an asynchronous render, with and without waits', async () => {
    const waits = { 'm.sql': '{% macro a(n) %}{{ later(1) }}{{ a(n) }}{% endmacro %}' };
    for (const files of [loop, waits]) {
      const error = await rejectionOf(
        renderTemplateAsync(parseTemplate('{{ a(1) }}'), { scope: world(files, { later }) }),
      );
      expect(error.errorClass).toBe('RecursionError');
    }
  });

  test('the bound can be set', () => {
    const scope = world({ 'm.sql': '{% macro r(n) %}{{ n }}{{ r(n - 1) if n > 0 }}{% endmacro %}' });
    const template = parseTemplate('{{ r(20) }}');
    expect(renderTemplate(template, { scope }).length).toBe(32);
    expect(errorOf(() => renderTemplate(template, { scope, maxDepth: 10 })).message).toMatch(/more than 10 deep/);
  });

  test('900 levels work, in every way', async () => {
    const scope = world({
      'm.sql': '{% macro r(n) %}{% if n > 0 %}{{ return(r(n - 1) + 1) }}{% endif %}{{ return(0) }}{% endmacro %}',
    });
    const template = parseTemplate('{{ r(900) }}');
    expect(renderTemplate(template, { scope })).toBe('900');
    expect(await renderTemplateAsync(template, { scope })).toBe('900');
  });

  test('where the stack of JavaScript ends first, it is still a TemplateError', () => {
    const error = errorOf(() =>
      renderTemplate(parseTemplate('{{ a(1) }}'), { scope: world(loop), maxDepth: 1_000_000 }),
    );
    expect(error.errorClass).toBe('RecursionError');
  });

  test('a recursive loop without end is stopped too', () => {
    const l: unknown[] = [];
    const text = '{% for x in l recursive %}{{ loop([1]) }}{% endfor %}';
    l.push(1);
    expect(errorOf(() => render(text, { l })).errorClass).toBe('RecursionError');
  });
});
