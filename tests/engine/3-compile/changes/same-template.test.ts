import { describe, expect, test } from 'vitest';
import { sameTemplate } from '../../../../src/3-compile/changes/same-template.ts';

const same = (before: string, after: string): boolean => sameTemplate(before, after, 'duckdb');

describe('templates say the same with other', () => {
  test.each([
    ['space', 'select {{ a }} from t', 'select\n  {{a}}\nfrom t\n'],
    ['comments', 'select {{ a }} from t', '-- x\nselect {# y #} {{ a }} /* z */ from t'],
    ['quotes in Jinja', "select {{ f('a') }}", 'select {{ f("a") }}'],
    ['case', 'SELECT A, "B"', 'select a, "B"'],
    ['commas that nothing follows', 'select {{ f(a, [1], b=2) }}', 'select {{ f(a, [1,], b=2,) }}'],
    [
      'comments around what is set',
      '-- one\n{%- set a = 1 -%}\n-- two\nselect {{ a }}',
      '/* one */\n{%- set a = 1 -%}\n/* two */\nselect {{ a }}',
    ],
    ['space around tags', '{% if a %} select 1 {% endif %}', '{%if a%}\n  select 1\n\n{%endif%}'],
  ])('%s', (_, before, after) => {
    expect(same(before, after)).toBe(true);
  });
});

describe('templates do not say the same with another', () => {
  test.each([
    ['text in quotes', "select 'a b'", "select 'a  b'"],
    ['case in quotes', "select 'a'", "select 'A'"],
    ['name in double quotes', 'select "a"', 'select "A"'],
    ['place of a value beside a word', 'select t_{{ a }}', 'select t_ {{ a }}'],
    ['place of a tag beside a word', 'select t{% if a %}x{% endif %}', 'select t {% if a %}x{% endif %}'],
    ['tuple', 'select {{ (a) }}', 'select {{ (a,) }}'],
    [
      'comment that ends where a tag eats the line break',
      '-- one\n{%- set a = 1 %}\nselect {{ a }}',
      '-- one\n{%- set a = 1 -%}\nselect {{ a }}',
    ],
    ['value that is set', '{% set a = 1 %}select {{ a }}', '{% set a = 2 %}select {{ a }}'],
    ['place of what is set', '{% set a = 1 %}select {{ a }}', 'select {{ a }}{% set a = 1 %}'],
    ['argument', 'select {{ f(1) }}', 'select {{ f(2) }}'],
    ['comment that holds SQL no more', 'select 1 -- , 2', 'select 1 , 2'],
  ])('%s', (_, before, after) => {
    expect(same(before, after)).toBe(false);
  });
});
