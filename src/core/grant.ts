/** A privilege on a relation (`select`) and who has it. */
export interface Grant {
  readonly privilege: string;
  readonly grantee: string;
}
