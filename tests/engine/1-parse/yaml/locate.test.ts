import { expect, test } from 'vitest';
import { locate } from '../../../../src/1-parse/yaml/index.ts';

const text = `base: &base
  owner: "me"
models:
  - name: a
    <<: *base
    empty:
    config: {tags: [x, 'y z']}
  - name: b
    name: c
`;

test.each<[(string | number)[], 'key' | 'value', string]>([
  [['models'], 'key', 'models'],
  [['models', 0, 'name'], 'value', 'a'],
  [['models', 0, 'config', 'tags', 1], 'value', "'y z'"],
  [['models', 0, 'config', 'tags'], 'key', 'tags'],
  [['models', 0, 'owner'], 'value', '"me"'],
  [['models', 0, 'empty'], 'value', 'empty'],
  [['models', 1], 'value', 'name: b'],
  [['models', 1, 'name'], 'value', 'c'],
  [['models', 1, 'nothing', 'there'], 'value', 'name: b'],
])('%j %s', (path, part, marked) => {
  const span = locate(text, 'a.yml', path, part);
  expect(text.slice(span.start, span.end)).toBe(marked);
});
