import { describe, expect, test } from 'vitest';
import type { ProjectSettings } from '../../../src/1-parse/index.ts';
import { type JsonObject, Problem } from '../../../src/core/index.ts';
import { warningRules } from '../../../src/pipeline/loading/warn-error.ts';
import { ProjectFolder } from './project-folder.ts';

const settings = { flags: {} } as ProjectSettings;

function refusal(options: JsonObject): string | undefined {
  try {
    warningRules({ given: new Set(['warn_error_options']), warnError: false, warnErrorOptions: options }, settings);
    return undefined;
  } catch (failure) {
    if (!(failure instanceof Problem)) throw failure;
    return failure.diagnostics.map(({ message, hint }) => `${message}. ${hint ?? ''}`).join('\n');
  }
}

describe('rules about warnings', () => {
  test.each<[JsonObject]>([
    [{ error: 'all', warn: ['NoNodesForSelectionCriteria'] }],
    [{ include: '*', exclude: ['Deprecations'], silence: ['NodeNotFoundOrDisabled'] }],
    [{ error: ['Deprecations'], warn: ['DuplicateYAMLKeysDeprecation'] }],
    [{ error: [], warn: [], silence: [] }],
  ])('are taken: %j', (options) => {
    expect(refusal(options)).toBeUndefined();
  });

  // Each of them dbt refuses too, but for the unknown key, which it leaves aside.
  test.each<[JsonObject, string]>([
    [{ error: ['NodeNotFoundOrDisable'] }, "named 'NodeNotFoundOrDisable'. Did you mean 'NodeNotFoundOrDisabled'?"],
    [{ silence: [5] }, "No warning is named '5'"],
    [{ error: 'some' }, "'error' of warn_error_options has to be a list of names. Write error: [some]"],
    [{ warn: 'all' }, "'warn' of warn_error_options has to be a list of names"],
    [{ eror: 'all' }, "'eror' means nothing in warn_error_options. Did you mean 'error'?"],
    [{ warn: ['DeprecatedModel'] }, "'warn' of warn_error_options says nothing, since no others are errors"],
    [{ error: 'all', include: 'all' }, "Only one of 'error' and 'include'"],
  ])('are refused: %j', (options, message) => {
    expect(refusal(options)).toContain(message);
  });
});

describe('a test that warns', () => {
  test.each<[JsonObject, number, string]>([
    [{ error: ['LogTestResult'] }, 1, '1'],
    [{ error: 'all' }, 1, '1'],
    [{ error: 'all', warn: ['LogTestResult'] }, 0, '2'],
    [{ error: ['NothingToDo'] }, 0, '2'],
  ])('fails, and holds back what it tests, where %j says so', async (options, exit, published) => {
    const test = { accepted_values: { arguments: { values: ['1'] }, config: { severity: 'warn' } } };
    const project = new ProjectFolder({
      'models/t.sql': "{{ config(materialized='table', publish='after_tests') }} select '{{ var('a', 1) }}' as a",
      'models/t.yml': JSON.stringify({ models: [{ name: 't', columns: [{ name: 'a', data_tests: [test] }] }] }),
    });
    await project.run('build');
    const ran = await project.run('build', '--vars', '{a: 2}', '--warn-error-options', JSON.stringify(options));
    expect({ exit: ran.exit, rows: await project.sql('select a from t') }).toEqual({ exit, rows: [[published]] });
    project.remove();
  });
});
