import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ProjectFolder } from '../../pipeline/project-folder.ts';
import { modelText, parents, right, wrong } from './mapping-models.ts';

let project: ProjectFolder;
/** What was said of each model. */
const warnings = new Map<string, string[]>();

beforeAll(async () => {
  project = new ProjectFolder({
    'project.yml':
      'name: shop\ntargets:\n  dev: {type: duckdb, path: shop.duckdb, schema: main, threads: 1}\n' +
      'partitions:\n  daily: {time: day, start: 2024-01-01}\n',
    'models/sources.yml': JSON.stringify({
      version: 2,
      sources: [{ name: 'shop', schema: 'main', tables: [{ name: 'raw' }, { name: 'files' }] }],
    }),
  });
  await project.sql('create table raw (sold_at timestamp, region varchar, status varchar, amount integer)');
  for (const [name, text] of Object.entries(parents)) project.write(`models/${name}.sql`, text);
  for (const [name, model] of Object.entries({ ...right, ...wrong }))
    project.write(`models/${name}.sql`, modelText(model));
  const { exit, stdout } = await project.run('compile');
  expect(exit, stdout).toBe(0);
  for (const part of stdout.split(/(?=(?:warning|error)\[)/).slice(1)) {
    const name = /\]: '(\w+)'/.exec(part)?.[1] ?? '';
    warnings.set(name, [...(warnings.get(name) ?? []), part]);
  }
}, 120_000);

afterAll(() => project.remove());

test('parents that filter by their own source are right', () => {
  for (const name of Object.keys(parents)) expect(warnings.get(name)).toBeUndefined();
});

describe('a model is right', () => {
  test.each(Object.keys(right))('%s', (name) => {
    expect(warnings.get(name)).toBeUndefined();
  });
});

describe('a model that reads outside its mapping gets one warning', () => {
  test.each(Object.keys(wrong))('%s', (name) => {
    expect(warnings.get(name)).toHaveLength(1);
    expect(warnings.get(name)?.[0]).toMatch(/^warning\[compile\/partition-mapping\]/);
  });
});

/** The place that is marked, and the hint. */
function markedIn(name: string): readonly (string | undefined)[] {
  const [text = ''] = warnings.get(name) ?? [];
  const [, line = '', marks = ''] = /\| (.*)\n.*\| ( *\^+)/.exec(text) ?? [];
  return [line.slice(marks.lastIndexOf(' ') + 1, marks.length), /hint: (.*)/.exec(text)?.[1]];
}

test('the condition that is too wide is marked, and the hint names the mapping that would be right', () => {
  expect(markedIn('a_week')).toEqual([
    "day > date '{{ partition.key }}' - interval 7 day",
    "Write where {{ partition.filter('day') }}; or, if it is meant, partition_mapping: {days: {start: -6, end: 0}}",
  ]);
});

test('where there is no condition, the place that reads the parent is marked', () => {
  expect(markedIn('second_reading_not_filtered')).toEqual([
    "{{ ref('days') }}",
    "Write where {{ partition.filter('day') }}; or, if it is meant, partition_mapping: {days: all}",
  ]);
  expect(markedIn('region_not_filtered')).toEqual([
    "{{ ref('by_region') }}",
    "Write where {{ partition.region.filter('region') }}; or, if it is meant, partition_mapping: {by_region: {dimensions: {region: all}}}",
  ]);
});

test('an end that is included is told as such', () => {
  expect(markedIn('end_included')[1]).toContain('write < in place of <= or between');
  expect(markedIn('end_of_hours_included')[1]).toContain('write < in place of <= or between');
});
