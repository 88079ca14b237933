import { describe, expect, test } from 'vitest';
import type { ProjectSettings } from '../../../src/1-parse/index.ts';
import { type JsonObject, Problem } from '../../../src/core/index.ts';
import { warningRules } from '../../../src/pipeline/loading/warn-error.ts';

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
