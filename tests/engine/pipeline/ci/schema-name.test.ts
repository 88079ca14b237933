import { expect, it } from 'vitest';
import { reviewedPullRequest } from '../../../../src/cli/review/reviewed-pull-request.ts';
import { belongsTo, schemaName } from '../../../../src/pipeline/ci/schema-name.ts';

it('the schema of a pull request has its number in it', () => {
  expect(schemaName(undefined, '12')).toBe('ci_12');
  expect(schemaName('Review_{{ pr }}', 'local_a.b')).toBe('review_local_a_b');
});

it('a schema that would be that of every pull request is refused', () => {
  expect(() => schemaName('ci', '12')).toThrow("The schema 'ci' would be that of every pull request");
});

it('custom schemas stand beside it, and those of other pull requests do not', () => {
  expect(['ci_12', 'CI_12_gold', 'ci_123', 'gold'].map((schema) => belongsTo('ci_12', schema))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

it('CI services say the number in their own ways', () => {
  expect(reviewedPullRequest({ CI_MERGE_REQUEST_IID: '7' })).toBe('7');
  expect(reviewedPullRequest({ CIRCLE_PULL_REQUEST: 'https://github.com/a/b/pull/31' })).toBe('31');
  expect(reviewedPullRequest({ BUILDKITE_PULL_REQUEST: 'false' })).toBeUndefined();
});
