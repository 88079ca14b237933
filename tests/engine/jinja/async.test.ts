import { describe, expect, test } from 'vitest';
import {
  callMacro,
  callMacroAsync,
  hostFunction,
  parseTemplate,
  render,
  renderAsync,
  renderNativeAsync,
  renderTemplate,
  renderTemplateAsync,
} from '../../../src/jinja/index.ts';
import { errorOf, later, rejectionOf, world } from './world.ts';

const FILES = {
  'm.sql': [
    '{% macro m(x, y=later("d")) %}<{{ x }}{{ y }}{{ later("i") }}>{% endmacro %}',
    '{% macro w() %}[{{ later("w") }}{{ caller(later(1)) }}]{% endmacro %}',
    '{% macro r(x) %}{% for i in later([1, 2, 3]) %}{% if i == later(x) %}{{ return([i, later("v")]) }}{% endif %}{% endfor %}{% endmacro %}',
  ].join('\n'),
};

/** Each construct with a call in it that has to be waited for. */
const CASES: readonly (readonly [string, string])[] = [
  ['{{ later(1) }}', '1'],
  ['{{ later(later(1) + 1) + 1 }}', '3'],
  ['{% set x = later(1) %}{{ x }}', '1'],
  ['{% set x, y = later([1, 2]) %}{{ x }}{{ y }}', '12'],
  ['{% set x %}a{{ later(1) }}{% endset %}{{ x }}', 'a1'],
  ['{% set x | replace("a", later("b")) %}a{% endset %}{{ x }}', 'b'],
  ['{% set ns = namespace(a=later(1)) %}{% set ns.a = later(2) %}{{ ns.a }}', '2'],
  ['{% if later(false) %}a{% elif later(true) %}b{% endif %}', 'b'],
  ['{% for i in later([1, 2]) if later(i) > 1 %}{{ i }}{{ later("x") }}{% else %}none{% endfor %}', '2x'],
  ['{% for i in [1, 2, 3] if later(i) > 1 %}{{ loop.index }}/{{ loop.length }}{% endfor %}', '1/22/2'],
  ['{% for i in [] %}{% else %}{{ later("e") }}{% endfor %}', 'e'],
  ['{% for i in [1, [2]] recursive %}{{ loop(later(i)) if i is iterable else later(i) }}{% endfor %}', '12'],
  [
    '{% for i in [1, 2, 3] %}{% if later(i) == 2 %}{% continue %}{% endif %}{{ i }}{% if later(i) == 3 %}{% break %}{% endif %}{% endfor %}',
    '13',
  ],
  ['{% do later(1) %}x', 'x'],
  ['{% with a = later(1) %}{{ a }}{{ later(2) }}{% endwith %}', '12'],
  ['{% filter upper %}{{ later("a") }}{% endfilter %}', 'A'],
  ['{{ later("a")|upper }}', 'A'],
  ['{{ "a"|replace("a", later("b")) }}', 'b'],
  ['{{ later(4) is divisibleby(later(2)) }}', 'True'],
  ['{{ later(1) if later(true) else later(2) }}', '1'],
  ['{{ later(0) or later(2) }}{{ later(0) and x.y }}', '20'],
  ['{{ 1 < later(2) < later(3) }}', 'True'],
  ['{{ [later(1), {"a": later(2)}, (later(3),)] }}', "[1, {'a': 2}, (3,)]"],
  ['{{ later([1, 2, 3])[later(1):] }}{{ later({"a": 1})[later("a")] }}{{ later({"a": 1}).a }}', '[2, 3]11'],
  ['{{ later("a") ~ later("b") }}', 'ab'],
  ['{{ "%s" % later(1) }}{{ "{}".format(later(2)) }}', '12'],
  ['{{ m(*later([1]), **later({"y": 2})) }}', '<12i>'],
  ['{{ m(later(1)) }}', '<1di>'],
  ['{% call(x) w() %}{{ x }}{{ later("c") }}{% endcall %}', '[w1c]'],
  ['{{ r(2) }}{{ r(9) is string }}', "[2, 'v']True"],
  ['{{ later(m)(1, 2) }}', '<12i>'],
];

describe('waiting', () => {
  for (const [text, expected] of CASES) {
    test(text, async () => {
      expect(await renderTemplateAsync(parseTemplate(text), { scope: world(FILES, { later }) })).toBe(expected);
    });
  }

  test('in templates without waits, the two renders agree', async () => {
    const text = '{% for i in [1, 2] %}{{ i }}{% endfor %}{{ m(1, 2) }}';
    const scope = world({ 'm.sql': '{% macro m(a, b) %}{{ a }}{{ b }}{% endmacro %}' });
    expect(await renderTemplateAsync(parseTemplate(text), { scope })).toBe(
      renderTemplate(parseTemplate(text), { scope }),
    );
  });

  test('calls are made in order, one at a time', async () => {
    const order: string[] = [];
    const note = hostFunction('note', async (args) => {
      order.push(`start ${String(args[0])}`);
      await new Promise((resolve) => setTimeout(resolve, 2));
      order.push(`end ${String(args[0])}`);
      return '';
    });
    await renderTemplateAsync(parseTemplate('{{ note(1) }}{{ [note(2), note(3)] }}'), { scope: world({}, { note }) });
    expect(order).toEqual(['start 1', 'end 1', 'start 2', 'end 2', 'start 3', 'end 3']);
  });

  test('renders run side by side', async () => {
    const scope = world(FILES, { later });
    const texts = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        renderTemplateAsync(parseTemplate(`{{ later(${i}, ${i % 5}) }}{{ m(${i}) }}`), { scope }),
      ),
    );
    expect(texts).toEqual(Array.from({ length: 20 }, (_, i) => `${i}<${i}di>`));
  });

  test('a synchronous render refuses a Promise and says whose', () => {
    for (const text of ['{{ later(1) }}', '{% if true %}{{ later(1) }}{% endif %}']) {
      const error = errorOf(() => renderTemplate(parseTemplate(text), { scope: world({}, { later }) }));
      expect(error.message).toMatch(/<function later> has to be waited for/);
      expect(error.column).toBe(text.indexOf('later') + 1);
    }
  });

  test('a rejected promise is an error at the call', async () => {
    const fails = hostFunction('fails', () => Promise.reject(new Error('no')));
    for (const text of ['a {{ fails() }}', 'a {% if 1 %}{{ fails() }}{% endif %}']) {
      const error = await rejectionOf(renderTemplateAsync(parseTemplate(text), { scope: world({}, { fails }) }));
      expect([error.message, error.start]).toEqual(['no', text.indexOf('fails')]);
    }
  });

  test('macros can be called from the host, either way', async () => {
    const scope = world(FILES, { later });
    expect(await callMacroAsync(scope.names.get('r')!, [2], { scope })).toEqual([2, 'v']);
    expect(await callMacroAsync(scope.names.get('m')!, [], { scope, kwargs: new Map([['x', 5]]) })).toBe('<5di>');
    const plain = world({ 'p.sql': '{% macro p(a) %}{{ return({"a": a}.a) }}{% endmacro %}' });
    expect(callMacro(plain.names.get('p')!, [[1]], { scope: plain })).toEqual([1]);
  });

  test('a host function may call macros in the render that called it', async () => {
    const dispatch = hostFunction(
      'dispatch',
      (args, _kwargs, site) => site.scope.lookup(`default__${String(args[0])}`) ?? null,
    );
    const run = hostFunction('run', (args, _kwargs, site) => callMacroAsync(args[0]!, [1], { site }));
    const files = {
      'd.sql':
        '{% macro default__x(a) %}X{{ a }}{{ later(z) }}{% endmacro %}{% macro bad(a) %}{{ a.b.c }}{% endmacro %}',
    };
    const scope = world(files, { dispatch, run, later, z: 'z' });
    expect(await renderTemplateAsync(parseTemplate('{{ dispatch("x")(0) }}{{ run(default__x) }}'), { scope })).toBe(
      'X0zX1z',
    );
    const error = await rejectionOf(renderTemplateAsync(parseTemplate('\n{{ run(bad) }}', { file: 'f' }), { scope }));
    expect(error.file).toBe('d.sql');
    expect(error.chain).toMatchObject([{ name: 'bad', file: 'f', line: 2 }]);
  });

  test('the public functions wait for plain JS functions, filters and tests', async () => {
    const context = { get: async (name: string) => ({ name, size: 2.5 }) };
    const options = {
      filters: { shout: async (value: string) => `${value}!` },
      tests: { big: async (value: number) => value > 2 },
    };
    const text = '{{ get("a").name|shout }} {{ get("b").size }} {{ 3 is big }}{{ 1 is big }}';
    expect(await renderAsync(text, context, options)).toBe('a! 2.5 TrueFalse');
    expect(() => render(text, context, options)).toThrow(/waited for/);
  });

  test('native values', async () => {
    expect(await renderNativeAsync('{{ later([1]) }}', { scope: world({}, { later }) })).toEqual([1]);
  });
});
