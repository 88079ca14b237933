import { describe, expect, test } from 'vitest';
import { hostFunction } from '../../../src/jinja/index.ts';
import { render } from './rendering.ts';

describe("dbt's macros for names can be called as any other", () => {
  test.each([
    ["{{ generate_schema_name('raw') }} {{ generate_schema_name() }}", 'main_raw main'],
    ["{{ default__generate_schema_name(' raw ', none) }}", 'main_raw'],
    ["{{ generate_schema_name_for_env('raw') }}", 'main'],
    ["{{ generate_database_name() }} {{ generate_database_name('other') }}", 'db other'],
    [
      "{{ generate_alias_name('other ') }} {{ generate_alias_name(node={'name': 'one', 'version': none}) }}",
      'other one',
    ],
    ["{{ generate_alias_name(none, {'name': 'one', 'version': 1.5}) }}", 'one_v1_5'],
  ])('%s', (source, expected) => {
    expect(render(source)).toBe(expected);
  });
});

test('a macro that takes the place of dbt’s gets the node as none where nobody says it', () => {
  const seen: unknown[] = [];
  const own = hostFunction('default__generate_schema_name', (args) => {
    seen.push(...args);
    return 'own';
  });
  const names = { default__generate_schema_name: own };
  expect(render("{{ generate_schema_name('raw') }}", { names })).toBe('own');
  expect(seen).toEqual(['raw', null]);
});
