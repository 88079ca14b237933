/**
 * The call itself is wrong: leaves with exit code 2. A class of its own, because `Problem` comes with the whole of core
 * and `ingot --help` must not wait for that.
 */
export class UsageProblem extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  /** A name that is not known, with those that are: the hint is a did-you-mean. */
  readonly unknown: { readonly name: string; readonly known: readonly string[] } | undefined;

  constructor(code: string, message: string, hint: string | UsageProblem['unknown']) {
    super(message);
    this.name = 'UsageProblem';
    this.code = `cli/${code}`;
    this.hint = typeof hint === 'string' ? hint : undefined;
    this.unknown = typeof hint === 'string' ? undefined : hint;
  }
}

/** To be thrown for a call that is wrong. */
export function usageProblem(code: string, message: string, hint?: string | UsageProblem['unknown']): UsageProblem {
  return new UsageProblem(code, message, hint);
}
