import { describe, expect, test } from 'vitest';
import type { CallSite, Value } from '../../../src/jinja/index.ts';
import {
  bindArguments,
  Dict,
  dumpJson,
  equals,
  Float,
  fromJs,
  HostObject,
  hostFunction,
  literalEval,
  makeMacro,
  PySet,
  parseTemplate,
  render,
  renderNative,
  renderTemplate,
  repr,
  str,
  Tuple,
  toJs,
  truthy,
  typeName,
  Undefined,
} from '../../../src/jinja/index.ts';
import { errorOf, world } from './world.ts';

describe('dicts and sets', () => {
  test('keys are equal as in Python, and the first spelling stays', () => {
    const dict = Dict.of([
      [1, 'a'],
      [new Float(1), 'b'],
      [true, 'c'],
      ['1', 'd'],
      [new Tuple([1, 'x']), 'e'],
      [null, 'f'],
      [2n ** 70n, 'g'],
    ]);
    expect(repr(dict)).toBe("{1: 'c', '1': 'd', (1, 'x'): 'e', None: 'f', 1180591620717411303424: 'g'}");
    expect(dict.get(new Tuple([new Float(1), 'x']))).toBe('e');
    expect(dict.get(2n ** 70n)).toBe('g');
    expect(dict.get('\0t1,"x"')).toBeUndefined();
    expect(dict.get(new Float(Number(2n ** 70n)))).toBe('g');
    dict.delete(true);
    expect(dict.has(1)).toBe(false);
  });

  test('lists and dicts cannot be keys', () => {
    expect(errorOf(() => new Dict().set([], 1))).toMatchObject({
      message: "unhashable type: 'list'",
      errorClass: 'TypeError',
    });
    expect(errorOf(() => new PySet([new Dict()]))).toMatchObject({ message: "unhashable type: 'dict'" });
  });

  test('copies are copies', () => {
    const dict = Dict.of([[true, 1]]);
    const copy = dict.copy().set('b', 2);
    expect([repr(dict), repr(copy)]).toEqual(['{True: 1}', "{True: 1, 'b': 2}"]);
  });
});

describe('conversion', () => {
  test('JS to values and back', () => {
    const data = { a: [1, 1.5, 'x', null, true], b: { c: new Map([[1, 2]]) }, __proto__: 1 };
    const value = fromJs(data);
    expect(repr(value)).toBe("{'a': [1, 1.5, 'x', None, True], 'b': {'c': {1: 2}}}");
    expect(toJs(value)).toEqual({ a: [1, 1.5, 'x', null, true], b: { c: { 1: 2 } } });
    expect(repr(fromJs(undefined))).toBe('None');
    expect(repr(fromJs(new Set([1])))).toBe('{1}');
    expect(repr(fromJs(2 ** 60))).toBe('1.152921504606847e+18');
    expect(repr(fromJs(2n ** 60n))).toBe('1152921504606846976');
    expect(repr(fromJs(1n))).toBe('1');
    const tuple = new Tuple([1]);
    expect(fromJs(tuple)).toBe(tuple);
  });

  test('functions take positional arguments, and keywords as one last object', () => {
    expect(render('{{ f(1, [2], k="v") }}', { f: (...args: unknown[]) => JSON.stringify(args) })).toBe(
      '[1,[2],{"k":"v"}]',
    );
  });

  test('lists keep their identity', () => {
    const list: Value[] = [];
    renderTemplate(parseTemplate('{% do l.append(1) %}'), { scope: world({}, { l: list }) });
    expect(list).toEqual([1]);
  });

  test('JSON is written as Python writes it', () => {
    const value = fromJs({ b: [1, 1.5, null], a: 'é"', c: {} });
    expect(dumpJson(value)).toBe('{"b": [1, 1.5, null], "a": "\\u00e9\\"", "c": {}}');
    expect(dumpJson(value, { sortKeys: true, indent: 1, separators: [',', ':'] })).toBe(
      '{\n "a":"\\u00e9\\"",\n "b":[\n  1,\n  1.5,\n  null\n ],\n "c":{}\n}',
    );
    expect(errorOf(() => dumpJson(new PySet()))).toMatchObject({
      message: 'Object of type set is not JSON serializable',
    });
    expect(dumpJson([new PySet([1])], { fallback: (item) => (item instanceof PySet ? [...item] : undefined) })).toBe(
      '[[1]]',
    );
  });

  test('literals', () => {
    expect(literalEval("{'a': (1, -2.5), 'b': [None, True]}")).toEqual(
      fromJs({ a: new Tuple([1, new Float(-2.5)]), b: [null, true] }),
    );
    for (const text of ['true', 'x', '1 +', 'f()', '[', '', 'not 1']) expect(literalEval(text)).toBeUndefined();
  });
});

describe('bindArguments', () => {
  const bind = (parameters: string[], args: Value[], kwargs: Record<string, Value> = {}): unknown => {
    return bindArguments('f', parameters, args, new Map(Object.entries(kwargs)));
  };
  test('binds', () => {
    expect(bind(['a', 'b='], [1])).toEqual([1]);
    expect(bind(['a', 'b='], [], { b: 2, a: 1 })).toEqual([1, 2]);
    expect(bind(['a', '*rest', '**more'], [1, 2, 3], { k: 4 })).toEqual([1, new Tuple([2, 3]), Dict.of([['k', 4]])]);
    expect(bind(['a', '*', 'b='], [1], { b: 2 })).toEqual([1, 2]);
  });
  test('fails as Python does', () => {
    const message = (parameters: string[], args: Value[], kwargs: Record<string, Value> = {}): string =>
      errorOf(() => bind(parameters, args, kwargs)).message;
    expect(message(['a', 'b'], [])).toBe("f() missing 2 required positional arguments: 'a' and 'b'");
    expect(message(['a', 'b', 'c'], [])).toBe("f() missing 3 required positional arguments: 'a', 'b', and 'c'");
    expect(message(['a'], [1, 2])).toBe('f() takes 1 positional argument but 2 were given');
    expect(message(['a', 'b='], [1, 2, 3])).toBe('f() takes from 1 to 2 positional arguments but 3 were given');
    expect(message(['a'], [1], { a: 2 })).toBe("f() got multiple values for argument 'a'");
    expect(message(['a'], [1], { z: 2 })).toBe("f() got an unexpected keyword argument 'z'");
    expect(message(['a', '*', 'b'], [1])).toBe("f() missing 1 required keyword-only argument: 'b'");
  });
});

/** A value as an adapter's relation might be. */
class Relation extends HostObject {
  private readonly name: string;
  constructor(name: string) {
    super();
    this.name = name;
  }
  override get typeName(): string {
    return 'Relation';
  }
  override getAttribute(name: string): Value | undefined {
    if (name === 'identifier') return this.name;
    return name === 'include'
      ? hostFunction('include', (args, kwargs) => `${this.name}${repr(args)}${kwargs.size}`)
      : undefined;
  }
  override str(): string {
    return `"${this.name}"`;
  }
  override repr(): string {
    return `<Relation "${this.name}">`;
  }
  override equals(other: Value): boolean {
    return other instanceof Relation && other.name === this.name;
  }
  override compare(other: Value): number | undefined {
    return other instanceof Relation ? this.name.localeCompare(other.name) : undefined;
  }
  override hashKey(): string {
    return this.name;
  }
}

/** Both called and asked for members, as dbt's config is. */
class Config extends HostObject {
  override get callable(): boolean {
    return true;
  }
  override call(_args: Value[], kwargs: Map<string, Value>, _site: CallSite): Value {
    return `set ${[...kwargs.keys()].join()}`;
  }
  override getAttribute(name: string): Value | undefined {
    return name === 'get' ? hostFunction('get', (args) => args[1] ?? null) : undefined;
  }
}

describe('host objects', () => {
  const scope = world({}, { r: new Relation('t'), s: new Relation('u'), r2: new Relation('t'), config: new Config() });
  const show = (text: string): string => renderTemplate(parseTemplate(text), { scope });

  test('print, compare, and offer what they allow', () => {
    expect(show('{{ r }} {{ [r] }} {{ r.identifier }} {{ r.include(1, a=2) }} {{ r["identifier"] }}')).toBe(
      '"t" [<Relation "t">] t t[1]1 t',
    );
    expect(show('{{ r == r2 }}{{ r == s }}{{ r in [r2] }}{{ {r: 1}[r2] }}{{ r < s }}{{ [s, r]|sort|first }}')).toBe(
      'TrueFalseTrue1True"t"',
    );
    expect(show('{{ r.nope is defined }}{{ r is callable }}{{ r is iterable }}{{ 1 if r }}')).toBe('FalseFalseFalse1');
    expect(errorOf(() => show('{{ r.nope.x }}')).message).toBe("'Relation object' has no attribute 'nope'");
    expect(errorOf(() => show('{{ r() }}')).message).toBe("'Relation' object is not callable");
    expect(errorOf(() => show('{{ r < 1 }}')).message).toBe(
      "'<' not supported between instances of 'Relation' and 'int'",
    );
    expect(errorOf(() => show('{{ r|length }}')).message).toBe("object of type 'Relation' has no len()");
    expect(errorOf(() => show('{% for x in r %}{% endfor %}')).message).toBe("'Relation' object is not iterable");
    expect(errorOf(() => show('{% set r.x = 1 %}')).message).toBe('cannot assign attribute on non-namespace object');
  });

  test('can be called and have members at once', () => {
    expect(show('{{ config(a=1, b=2) }} {{ config.get("a", 5) }}')).toBe('set a,b 5');
  });
});

test('what the exported basics say', () => {
  expect([truthy([]), truthy(new Float(0)), truthy(new Undefined('x')), truthy('0')]).toEqual([
    false,
    false,
    false,
    true,
  ]);
  expect([str(new Float(1)), str(null), str(new Undefined('x')), typeName(new Float(1)), typeName(2n ** 64n)]).toEqual([
    '1.0',
    'None',
    '',
    'float',
    'int',
  ]);
  expect(equals(fromJs({ a: [1] }), fromJs({ a: [new Float(1)] }))).toBe(true);
});

test('in dbt’s parsing mode, undefined values swallow what is done to them', () => {
  const template = parseTemplate(
    '{{ a.b.c(1)[2].d }}|{% for x in a.b %}{% endfor %}{{ a is defined }}{{ a() is defined }}',
  );
  expect(renderTemplate(template, { lenient: true })).toBe('|FalseFalse');
  expect(errorOf(() => renderTemplate(template)).message).toBe("'a' is undefined");
  expect(errorOf(() => renderTemplate(parseTemplate('{{ a.b + 1 }}'), { lenient: true })).errorClass).toBe(
    'UndefinedError',
  );
});

test('a macro can be bound to a scope of its own', () => {
  const [block] = parseTemplate('{% macro m() %}{{ x }}{{ y }}{% endmacro %}').blocks;
  const macro = makeMacro(block!, (rendering) => ({
    lookup: (name) => (name === 'x' ? 'own' : rendering.lookup(name)),
  }));
  expect(
    renderTemplate(parseTemplate('{{ m() }}{{ x }}'), {
      scope: new Map<string, Value>([
        ['m', macro],
        ['x', 'X'],
        ['y', 'Y'],
      ]),
    }),
  ).toBe('ownYX');
});

test('return() outside a macro is an error', () => {
  for (const text of ['{{ return(1) }}', 'a{% if true %}{% do return(1) %}{% endif %}', '{{ renamed(1) }}']) {
    const scope = world({}, {});
    if (text.includes('renamed')) scope.names.set('renamed', renderNative('{{ return }}'));
    expect(errorOf(() => renderTemplate(parseTemplate(text), { scope })).message).toMatch(
      /only be used inside a macro/,
    );
  }
});

test('chance is an argument', () => {
  expect(render('{{ [1, 2, 3]|random }}', {}, { random: () => 0.99 })).toBe('3');
  expect(errorOf(() => render('{{ [1, 2, 3]|random }}')).message).toMatch(/needs the option/);
});

test('plain JS rendering sees the macros of the text', () => {
  expect(render('{% macro m(x) %}<{{ x }}>{% endmacro %}{{ m(1) }}{{ [2]|map("string")|map("upper")|list }}')).toBe(
    "<1>['2']",
  );
  expect(
    render(
      '{{ 1|double }}{{ 3 is big }}',
      {},
      { filters: { double: (x: number) => x * 2 }, tests: { big: (x: number) => x > 2 } },
    ),
  ).toBe('2True');
  expect(
    render(
      '{{ ["a"]|map("twice")|join }}{{ [1, 5]|select("big")|list }}',
      {},
      { filters: { twice: (x: string) => x + x }, tests: { big: (x: number) => x > 2 } },
    ),
  ).toBe('aa[5]');
  expect(errorOf(() => render('\n{{ x.y }}', {}, { file: 'page.txt' })).format()).toBe(
    "page.txt:2:4: 'x' is undefined",
  );
});
