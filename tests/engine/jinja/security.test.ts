import { describe, expect, test } from 'vitest';
import type { Value } from '../../../src/jinja/index.ts';
import { HostObject, parseTemplate, render, renderTemplate, TemplateError } from '../../../src/jinja/index.ts';
import { world } from './world.ts';

/** What a template prints, or the class of its error. */
function result(text: string, context: Record<string, unknown> = {}): string {
  try {
    return render(text, context);
  } catch (error) {
    if (error instanceof TemplateError) return error.errorClass;
    throw error;
  }
}

class Plain extends HostObject {
  readonly secret = 'secret';
  override getAttribute(name: string): Value | undefined {
    return name === 'shown' ? 'shown' : undefined;
  }
}

const CONTEXT = {
  f: () => 'called',
  d: { a: 1 },
  o: new Plain(),
  l: [1],
  n: 1.5,
};

const SUBJECTS = [
  "''",
  '[]',
  '{}',
  '()',
  '1',
  '1.5',
  'true',
  'none',
  'f',
  'd',
  'o',
  'l',
  'n',
  'range',
  'range(3)',
  'namespace()',
  'cycler(1)',
  "''.upper",
  'd.items()',
  'd.items',
  "l|map('upper')",
  'm',
  'loop',
];
const NAMES = [
  'constructor',
  '__proto__',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__defineGetter__',
  '__lookupGetter__',
  'then',
  'map',
  'secret',
  'getAttribute',
  'body',
  'call',
  'apply',
  'bind',
  '__class__',
  '__init__',
  '__globals__',
  '__subclasses__',
  '__dict__',
  'definition',
  'invoke',
];

describe('nothing of JavaScript can be reached', () => {
  for (const subject of SUBJECTS) {
    test(subject, () => {
      for (const name of NAMES) {
        const ways = [
          `(${subject}).${name}`,
          `(${subject})['${name}']`,
          `(${subject})|attr('${name}')`,
          `[${subject}]|map(attribute='${name}')|list|first`,
        ];
        for (const way of ways) {
          const text = `{% macro m() %}{% endmacro %}{% for x in [1] %}{{ ${way} is undefined }}{% endfor %}`;
          expect(result(text, CONTEXT), way).toBe('True');
          expect(result(`{{ ${way}('return 1')() }}`, CONTEXT), way).toMatch(/Error$/);
          expect(result(`{{ ${way}.${name} }}`, CONTEXT), way).toMatch(/Error$/);
        }
      }
    });
  }

  test('format strings see the same members only', () => {
    for (const name of NAMES) {
      for (const subject of ['d', 'o', 'f', 'l', "''"]) {
        expect(result(`{{ '{0.${name}}'.format(${subject}) }}`, CONTEXT)).toMatch(/^(|.*Error)$/);
        expect(result(`{{ '{0[${name}]}'.format(${subject}) }}`, CONTEXT)).toMatch(/^(|.*Error)$/);
        expect(result(`{{ '{0.${name}.${name}}'.format(${subject}) }}`, CONTEXT)).toMatch(/Error$/);
        expect(result(`{{ '{x.${name}}'.format(x=${subject}) }}`, CONTEXT)).toMatch(/^(|.*Error)$/);
      }
    }
    expect(result("{{ '%(constructor)s' % d }}", CONTEXT)).toBe('KeyError');
    expect(result("{{ '{constructor}'.format_map(d) }}", CONTEXT)).toBe('KeyError');
  });

  test('names of Object.prototype are not names, filters, tests or tags', () => {
    for (const name of [
      'constructor',
      'toString',
      '__proto__',
      'hasOwnProperty',
      'globalThis',
      'process',
      'require',
      'f',
      'b',
      'K',
      'p',
      'o',
      'S',
    ]) {
      expect(result(`{{ ${name} is undefined }}`)).toBe('True');
      expect(result(`{{ 1|${name} }}`)).toBe('TemplateAssertionError');
      expect(result(`{{ 1 is ${name} }}`)).toBe('TemplateAssertionError');
      expect(result(`{% ${name} %}`)).toBe('TemplateSyntaxError');
      expect(result(`{% set ${name} = 5 %}{{ ${name} }}`)).toBe('5');
      expect(result(`{% macro m(${name}) %}{{ ${name} }}{{ kwargs }}{% endmacro %}{{ m(${name}=1) }}`)).toBe('1{}');
    }
    expect(result('{{ "&constructor;&__proto__;"|striptags }}')).toBe('&constructor;&__proto__;');
  });

  test('dict keys named like members of prototypes are plain keys', () => {
    expect(
      result(
        "{% set d = {} %}{% do d.update({'__proto__': 1, 'constructor': 2}) %}{{ d }}{{ d.constructor }}{{ d['__proto__'] }}",
      ),
    ).toBe("{'__proto__': 1, 'constructor': 2}21");
    expect(
      result('{% set d = {"__proto__": {"polluted": 1}} %}{{ f(d) }}', { f: (x: object) => Object.keys(x).join() }),
    ).toBe('__proto__');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(result('{{ d.__proto__ is undefined }}{{ d.a }}', { d: JSON.parse('{"a": 1}') })).toBe('True1');
  });

  test('code cannot be smuggled through strings, names or comments', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it must look like a JS template
    const nasty = '`${globalThis.hit = 1}`"\'\\\n\u2028*/}}';
    for (const text of [
      `{{ ${JSON.stringify(nasty)} }}`,
      `${nasty.replaceAll('}}', '')}{{ 1 }}{# ${nasty.replaceAll('}', '')} #}`,
      `{{ x[${JSON.stringify(nasty)}] }}`,
      `{{ '${nasty.replaceAll("'", '').replaceAll('\\', '')}'|replace('a', 'b') }}`,
    ]) {
      result(text, { x: {} });
      result(`{% if true %}${text}{% endif %}`, { x: {} });
    }
    expect((globalThis as Record<string, unknown>).hit).toBeUndefined();
  });

  test('the context is not a prototype chain either', () => {
    expect(render('{{ toString is undefined }}', {})).toBe('True');
    expect(
      renderTemplate(parseTemplate('{{ a }}{{ o.shown }}{{ o.secret is undefined }}'), {
        scope: world({}, { a: 1, o: new Plain() }),
      }),
    ).toBe('1shownTrue');
  });

  test('what would eat all memory is refused', () => {
    expect(result('{{ "a" * 10000000000 }}')).toBe('OverflowError');
    expect(result('{{ [1] * 10000000000 }}')).toBe('OverflowError');
    expect(result('{{ 10 ** 10000000 }}')).toBe('OverflowError');
    expect(result('{{ range(10000000) }}')).toBe('OverflowError');
  });
});
