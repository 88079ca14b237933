import { didYouMeanHint, error, Problem } from '../../core/index.ts';

/** The error of a criterion whose value its method cannot mean, with a did-you-mean where the method knows all it can. */
export function invalidValue(message: string, value = '', known: readonly string[] = []): Problem {
  return new Problem(error('graph/invalid-selection', message, { hint: didYouMeanHint(value, known) }));
}
