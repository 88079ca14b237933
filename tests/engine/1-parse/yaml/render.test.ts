import { expect, test } from 'vitest';
import { readYaml, renderYaml } from '../../../../src/1-parse/yaml/index.ts';
import { isMarkedFloat, jsonToValue } from '../../../../src/core/index.ts';
import { hostFunction, type Scope, TemplateError } from '../../../../src/jinja/index.ts';

const scope: Scope = {
  lookup(name) {
    if (name === 'fail')
      return hostFunction('fail', () => {
        throw new TemplateError('it failed');
      });
    return name === 'data' ? jsonToValue({ n: 1, list: [1, 'x'] }) : undefined;
  },
};

function run(text: string, more = {}) {
  const { value, spanOf } = readYaml(text, 'a.yml');
  return { spanOf, read: value, ...renderYaml(value ?? null, { scope, text, file: 'a.yml', ...more }) };
}

test('one expression gives its value, more give text', () => {
  const { value } = run(
    `a: "{{ data.n }}"\nb: "{{ data.n }}x"\nc: "{{ data.list }}"\nd: "{{ '1' }}"\ne: "{{ '1' | as_number }}"\nf: [{g: "{{ '2.0' | as_number }}"}]\n`,
  );
  expect(value).toEqual({ a: 1, b: '1x', c: [1, 'x'], d: '1', e: 1, f: [{ g: 2 }] });
  expect(isMarkedFloat((value as unknown as { f: [object] }).f[0], 'g')).toBe(true);
});

test('data without templates comes back as the same object', () => {
  const { value, read } = run('a: {b: ["{", "}"], c: 1.0}\n');
  expect(value).toBe(read);
});

test('only what has templates is copied, and the copies can be found in the file', () => {
  const { value, read, spanOf } = run('a: {b: "{{ data.n }}"}\nc: {d: 1}\n');
  const [before, after] = [read, value] as unknown as [Record<string, object>, Record<string, object>];
  expect(after.c).toBe(before.c);
  expect(after.a).not.toBe(before.a);
  expect(spanOf(after.a!)).toEqual(spanOf(before.a!));
});

test('a template that fails is told at its place, and the others are rendered', () => {
  const text = 'a: 1\nb:\n  - "x {{ fail() }}"\nc: "{{ data.n }}"\nd: "{{ oops"\n';
  const { value, diagnostics } = run(text);
  expect(value).toMatchObject({ b: ['x {{ fail() }}'], c: 1 });
  expect(diagnostics.map(({ message, span }) => [message, span && text.slice(span.start, span.end)])).toEqual([
    ['it failed', 'fail()'],
    [expect.stringContaining('unexpected'), expect.any(String)],
  ]);
});

test('paths can be left as they are', () => {
  const { value } = run('a: "{{ data.n }}"\nb: ["{{ data.n }}"]\n', {
    shouldRender: (path: unknown[]) => path[0] !== 'b',
  });
  expect(value).toEqual({ a: 1, b: ['{{ data.n }}'] });
});
