/** The words that the grammar of statements asks for beside those of queries, lower case, separated by blanks. */
export const statementWords = [
  'abort add alter append begin call cascade checkpoint cluster column comment commit constraint copy create database',
  'declare delete drop dynamic execute file foreign grant immediate immutable index insert macro merge overwrite pipe',
  'primary procedure pragma references replace restrict return returns revoke rollback schema secure sequence stage',
  'task temp temporary transaction transient trigger type undrop unset use user warehouse role work',
] as const;

type Split<Text extends string> = Text extends `${infer First} ${infer Rest}` ? First | Split<Rest> : Text;

/** A word of {@link statementWords}. */
export type StatementWord = Split<(typeof statementWords)[number]>;
