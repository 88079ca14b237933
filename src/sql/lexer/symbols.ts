/** Punctuation that every dialect has. Operators come from the dialect's table of precedences. */
export const punctuation = [
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  ';',
  '.',
  ':',
  '::',
  '=>',
  ':=',
  '?',
  '@',
  '#',
  '&',
  '**',
  '|',
  '^',
  '$',
  '!',
] as const;

/** Operators made of symbols that some dialect has. */
export const operatorSymbols = [
  '+ - * / % // ** ^ || = == <> != < <= > >= <=> & | << >> # -> ->> @> <@ && ^@ ~ !~ ~* !~* ~~ !~~ ~~* !~~* ~~~ ! @ |>',
] as const;

type Split<Text extends string> = Text extends `${infer First} ${infer Rest}` ? First | Split<Rest> : Text;

/** An operator written with symbols. */
export type OperatorSymbol = Split<(typeof operatorSymbols)[number]>;

/** Anything written with symbols. */
export type SymbolText = (typeof punctuation)[number] | OperatorSymbol;
