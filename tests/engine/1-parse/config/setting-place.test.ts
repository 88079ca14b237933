import { expect, test } from 'vitest';
import { settingPlace } from '../../../../src/1-parse/config/setting-place.ts';

const properties = { file: 'models/_models.yml', start: 3, end: 9 };
const definition = { file: 'models/sales.sql', start: 100, end: 100 };

/** What stands where the setting is found, in a text that begins at the place of its definition. */
const found = (raw_code: string, name: string): string => {
  const { file, start, end } = settingPlace({ raw_code, origin: { definition, properties } } as never, name);
  return file === definition.file ? raw_code.slice(start - 100, end - 100) : file;
};

test.each([
  ["{{ config(begin='x', lookback = 2) }} select 1", 'lookback', 'lookback'],
  ["{% do config({'begin': 'x'}) %} select 1", 'begin', 'begin'],
  ["{{ config(\n  materialized='table',\n  publish=1) }}", 'publish', 'publish'],
  ["{{ config(materialized='table') }} {{ config(begin='x') }}", 'begin', 'begin'],
])('a setting is where a call of config() names it: %s', (code, name, expected) => {
  expect(found(code, name)).toBe(expected);
});

test('what SQL compares, or is said nowhere, is where the properties are', () => {
  expect(found("{{ config(materialized='table') }} select 1 where begin = 2", 'begin')).toBe(properties.file);
  expect(found('select 1', 'begin')).toBe(properties.file);
});
