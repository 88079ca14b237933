/** Why a text is not the key of a partition. */
export interface KeyProblem {
  readonly kind: 'problem';
  readonly message: string;
  readonly hint?: string | undefined;
}
