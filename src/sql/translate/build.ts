import type {
  Argument,
  ArrayLiteral,
  Binary,
  BinaryOperator,
  BooleanLiteral,
  Call,
  Case,
  CaseBranch,
  Cast,
  Column,
  DataType,
  Expression,
  Identifier,
  Name,
  NullLiteral,
  NumberLiteral,
  Parenthesized,
  Place,
  Query,
  StringLiteral,
  Subscript,
  TypeParameter,
  Unary,
} from '../tree.ts';

// Nodes that no text was read for.

export const nowhere: Place = { start: -1, end: -1 };

export const identifier = (text: string, quoted = false): Identifier => ({
  kind: 'identifier',
  text,
  quoted,
  ...nowhere,
});

const name = (...parts: readonly string[]): Name => ({
  kind: 'name',
  parts: parts.map((part) => identifier(part)),
  ...nowhere,
});

export const column = (...parts: readonly (string | Identifier)[]): Column => ({
  kind: 'column',
  parts: parts.map((part) => (typeof part === 'string' ? identifier(part) : part)),
  ...nowhere,
});

export const number = (value: number | string): Expression => {
  const text = String(value);
  const literal: NumberLiteral = { kind: 'number', text: text.replace(/^-/, ''), ...nowhere };
  return text.startsWith('-') ? unary('-', literal) : literal;
};

export const string = (value: string): StringLiteral => ({ kind: 'string', value, quoting: 'single', ...nowhere });

export const boolean = (value: boolean): BooleanLiteral => ({ kind: 'boolean', value, ...nowhere });

export const nothing: NullLiteral = { kind: 'null', ...nowhere };

const argument = (value: Expression | Query): Argument => ({ value, ...nowhere });

export const call = (called: string, ...values: readonly Expression[]): Call => ({
  kind: 'call',
  name: name(called),
  arguments: values.map(argument),
  ...nowhere,
});

const unary = (operator: Unary['operator'], operand: Expression): Unary => ({
  kind: 'unary',
  operator,
  operand,
  ...nowhere,
});

export const binary = (left: Expression, operator: BinaryOperator, right: Expression): Binary => ({
  kind: 'binary',
  operator,
  left,
  right,
  ...nowhere,
});

export const logical = (operator: 'and' | 'or', ...operands: readonly Expression[]): Expression =>
  operands.length === 1 ? operands[0]! : { kind: 'logical', operator, operands, ...nowhere };

export const not = (operand: Expression): Unary => unary('not', operand);

export const isNull = (operand: Expression, negated = false): Expression => ({
  kind: 'is',
  operand,
  negated,
  test: 'null',
  ...nowhere,
});

export const isDistinct = (left: Expression, right: Expression, negated = false): Expression => ({
  kind: 'is',
  operand: left.kind === 'is' ? parenthesized(left) : left,
  negated,
  test: 'distinct',
  other: right,
  ...nowhere,
});

export const branch = (when: Expression, then: Expression): CaseBranch => ({ when, then, ...nowhere });

export const conditional = (branches: readonly CaseBranch[], otherwise?: Expression): Case => ({
  kind: 'case',
  branches,
  ...(otherwise ? { otherwise } : {}),
  ...nowhere,
});

export const list = (...items: readonly Expression[]): ArrayLiteral => ({
  kind: 'array',
  keyword: false,
  items: items.map(argument),
  ...nowhere,
});

export const type = (called: string, ...parameters: readonly number[]): DataType => ({
  kind: 'data-type',
  name: called,
  parameters: parameters.map(
    (value): TypeParameter => ({ kind: 'value', value: number(value) as NumberLiteral, ...nowhere }),
  ),
  dimensions: [],
  ...nowhere,
});

export const cast = (operand: Expression, to: DataType, syntax: 'cast' | 'try_cast' = 'cast'): Cast => ({
  kind: 'cast',
  syntax,
  operand,
  type: to,
  ...nowhere,
});

export const subscript = (operand: Expression, index: Expression): Subscript => ({
  kind: 'subscript',
  operand,
  index,
  ...nowhere,
});

export const parenthesized = (expression: Expression): Parenthesized => ({
  kind: 'parenthesized',
  expression,
  ...nowhere,
});
