import { describe, expect, test } from 'vitest';
import type { MappedText, RenderOptions, Segment } from '../../../src/jinja/index.ts';
import {
  hostFunction,
  originOf,
  parseTemplate,
  render,
  renderMapped,
  renderMappedAsync,
} from '../../../src/jinja/index.ts';
import { later, world } from './world.ts';

function mapped(text: string, options: RenderOptions = {}, file = 'model.sql'): MappedText {
  return renderMapped(parseTemplate(text, { file }), options);
}

/** A map as short lines: kind, output, and what stands at its place in the source. */
function lines(segments: readonly Segment[], out: string, sources: Record<string, string>, offset = 0): string[] {
  return segments.flatMap((segment) => {
    const printed = out.slice(offset + segment.outStart, offset + segment.outEnd);
    const written = sources[segment.file]!.slice(segment.start, segment.end);
    const inner = lines(segment.nested ?? [], out, sources, offset + segment.outStart);
    return [`${segment.kind} ${JSON.stringify(printed)} <- ${written}`, ...inner.map((line) => `  ${line}`)];
  });
}

describe('maps', () => {
  test('text, values and macros', () => {
    const macro = '{% macro cents(c) -%}\n  ({{ c }} / 100)\n{%- endmacro %}';
    const text = 'select {{ cents("a") }},\n  {{ 1 + 1 }} as b\n';
    const { text: out, segments } = mapped(text, { scope: world({ 'm.sql': macro }) });
    expect(out).toBe('select (a / 100),\n  2 as b');
    expect(lines(segments, out, { 'model.sql': text, 'm.sql': macro })).toEqual([
      'text "select " <- select ',
      'macro "(a / 100)" <- {{ cents("a") }}',
      '  text "(" <- (',
      '  value "a" <- {{ c }}',
      '  text " / 100)" <-  / 100)',
      'text ",\\n  " <- ,\n  ',
      'value "2" <- {{ 1 + 1 }}',
      'text " as b" <-  as b',
    ]);
  });

  test('a macro in a macro, call blocks, and a call passed on by return()', () => {
    const files = {
      'a.sql': '{% macro outer() %}[{{ inner() }}{{ caller() }}]{% endmacro %}',
      'b.sql': '{% macro inner() %}{{ return(real()) }}{% endmacro %}{% macro real() %}R{% endmacro %}',
    };
    const text = '{% call outer() %}body{% endcall %}';
    const { text: out, segments } = mapped(text, { scope: world(files) });
    expect(lines(segments, out, { 'model.sql': text, ...files })).toEqual([
      'macro "[Rbody]" <- {% call outer() %}body{% endcall %}',
      '  text "[" <- [',
      '  macro "R" <- {{ inner() }}',
      '    text "R" <- R',
      '  macro "body" <- {{ caller() }}',
      '    text "body" <- body',
      '  text "]" <- ]',
    ]);
    expect(originOf(segments, 3).map(({ kind, file, start }) => [kind, file, start])).toEqual([
      ['macro', 'model.sql', 0],
      ['macro', 'a.sql', files['a.sql'].indexOf('{{ caller')],
      ['text', 'model.sql', text.indexOf('ody')],
    ]);
    expect(originOf(segments, 99)).toEqual([]);
  });

  test('macro output that is used as a value is a value', () => {
    const scope = world({ 'm.sql': '{% macro m() %}x{% endmacro %}' });
    for (const text of [
      '{{ m() ~ "" }}',
      '{{ m()|upper }}',
      '{% set v = m() %}{{ v }}',
      '{% set v %}{{ m() }}{% endset %}{{ v }}',
    ]) {
      expect(mapped(text, { scope }).segments.map(({ kind }) => kind)).toEqual(['value']);
    }
  });

  test('recursive loops and filter blocks', () => {
    const text = '{% for x in t recursive %}<{{ loop(x) if x }}>{% endfor %}';
    expect(
      render(text, { t: [[[]], []] }, { map: (segments) => expect(segments[0]).toMatchObject({ kind: 'macro' }) }),
    ).toBe('<<>><>');
    expect(mapped('{% filter upper %}ab{% endfilter %}').segments).toMatchObject([
      { kind: 'value', start: 0, end: 35 },
    ]);
  });

  test('whitespace control and line ends keep the places of the text exact', () => {
    const text = 'a  {{- 1 -}}  b\r\nc\r\r\n{% raw %}{{ x }}{% endraw %}\n';
    const { text: out, segments } = mapped(text);
    expect(out).toBe('a1b\nc\n\n{{ x }}');
    for (const [index, char] of Array.from(out).entries()) {
      if (char === '\n' || char === '1') continue;
      expect(text[originOf(segments, index)[0]!.start]).toBe(char);
    }
    for (const { kind, outStart, outEnd, start, end } of segments) {
      if (kind === 'text') expect(outEnd - outStart).toBe(end - start);
    }
  });

  test('an asynchronous map is the same', async () => {
    const scope = world({ 'm.sql': '{% macro m(x) %}<{{ later(x, 1) }}>{% endmacro %}' }, { later });
    const { text, segments } = await renderMappedAsync(parseTemplate('a{{ m(1) }}b{{ later(2) }}'), { scope });
    expect(text).toBe('a<1>b2');
    expect(segments.map(({ kind, nested }) => [kind, nested?.map((inner) => inner.kind)])).toEqual([
      ['text', undefined],
      ['macro', ['text', 'value', 'text']],
      ['text', undefined],
      ['value', undefined],
    ]);
  });

  test('maps hold when renders interleave', async () => {
    const pause = hostFunction('pause', async (args) => {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
      return args[0] ?? null;
    });
    const files = {
      'm.sql':
        '{% macro m(x) %}[{{ pause(x) }}{{ n(x) }}]{% endmacro %}{% macro n(x) %}{{ pause("-") }}{{ x }}{% endmacro %}',
    };
    const scope = world(files, { pause });
    const one = async (number: number): Promise<void> => {
      const text = `a${number} {{ m("${number}") }} b{{ m("x${number}") }}`;
      const { text: out, segments } = await renderMappedAsync(parseTemplate(text, { file: `f${number}` }), { scope });
      expect(out).toBe(`a${number} [${number}-${number}] b[x${number}-x${number}]`);
      expect(lines(segments, out, { [`f${number}`]: text, ...files })).toEqual([
        `text "a${number} " <- a${number} `,
        `macro "[${number}-${number}]" <- {{ m("${number}") }}`,
        '  text "[" <- [',
        `  value "${number}" <- {{ pause(x) }}`,
        `  macro "-${number}" <- {{ n(x) }}`,
        '    value "-" <- {{ pause("-") }}',
        `    value "${number}" <- {{ x }}`,
        '  text "]" <- ]',
        'text " b" <-  b',
        `macro "[x${number}-x${number}]" <- {{ m("x${number}") }}`,
        '  text "[" <- [',
        `  value "x${number}" <- {{ pause(x) }}`,
        `  macro "-x${number}" <- {{ n(x) }}`,
        '    value "-" <- {{ pause("-") }}',
        `    value "x${number}" <- {{ x }}`,
        '  text "]" <- ]',
      ]);
    };
    await Promise.all(Array.from({ length: 30 }, (_, number) => one(number)));
  });
});
