import { hash } from 'node:crypto';
import type { Json, JsonObject, UnitTestFixture, UnitTestNode } from '../../core/index.ts';
import { pythonRepr, reprText } from '../names/python-text.ts';

type Checked = Pick<
  UnitTestNode,
  'model' | 'versions' | 'given' | 'sequence' | 'expect' | 'same_as_full_refresh' | 'overrides'
>;

/**
 * dbt's checksum of a unit test, which is made of the way Python prints its parts: so that a manifest that dbt wrote can
 * be the state that `state:modified` compares with.
 */
export function unitTestChecksum(test: Checked): string {
  const { model, versions, given, expect, overrides } = test;
  const inputs = given.map((one) => printed('UnitTestInputFixture', { input: reprText(one.input), ...fixture(one) }));
  const parts = [
    model,
    versions ? printed('UnitTestNodeVersions', repr({ include: versions.include, exclude: versions.exclude })) : 'None',
    `[${inputs.join(', ')}]`,
    printed('UnitTestOutputFixture', fixture(expect)),
    overrides ? printed('UnitTestOverrides', repr({ ...overrides })) : 'None',
    ...given.flatMap((one) => (one.fixture ? rowsText(one) : [])),
    // Of what dbt does not know, it has no way to print it.
    ...(test.sequence ? [JSON.stringify([test.sequence, test.same_as_full_refresh ?? null])] : []),
  ];
  return hash('sha256', parts.join('-'));
}

const formatNames = { dict: 'Dict', csv: 'CSV', sql: 'SQL' } as const;

function fixture({ rows, format, fixture: name }: UnitTestFixture): Readonly<Record<string, string>> {
  return {
    rows: pythonRepr(rows as Json),
    format: `<UnitTestFormat.${formatNames[format]}: '${format}'>`,
    fixture: name === null ? 'None' : reprText(name),
  };
}

function rowsText({ rows }: UnitTestFixture): string {
  return typeof rows === 'string' ? rows : pythonRepr(rows as Json);
}

function repr(members: JsonObject): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, pythonRepr(value)]));
}

function printed(name: string, members: Readonly<Record<string, string>>): string {
  const listed = Object.entries(members).map(([member, value]) => `${member}=${value}`);
  return `${name}(${listed.join(', ')})`;
}
