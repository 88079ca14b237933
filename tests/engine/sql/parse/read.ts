import { findDialect } from '../../../../src/sql/dialects/index.ts';
import { parse } from '../../../../src/sql/index.ts';
import { parseExpressionText } from '../../../../src/sql/parse/script.ts';
import type { Expression, Query, Select } from '../../../../src/sql/tree.ts';

/** The errors of a text, each as `line:column message`, with its hint in brackets. */
export function errorsOf(sql: string, dialect = 'snowflake'): string[] {
  return parse(sql, { dialect }).diagnostics.map(
    ({ line, column, message, hint }) => `${line}:${column} ${message}${hint === undefined ? '' : ` [${hint}]`}`,
  );
}

/** The only query of a text without errors. */
export function queryOf(sql: string, dialect = 'snowflake'): Query {
  const { statements, diagnostics } = parse(sql, { dialect });
  const [statement] = statements;
  if (diagnostics.length > 0) throw new Error(`${sql}: ${diagnostics[0]?.message}`);
  if (statement?.kind !== 'query-statement') throw new Error(`${sql}: not a query`);
  return statement.query;
}

export function selectOf(sql: string, dialect = 'snowflake'): Select {
  const { body } = queryOf(sql, dialect);
  if (body.kind !== 'select') throw new Error(`${sql}: not a SELECT`);
  return body;
}

/** An expression without errors. */
export function expressionOf(sql: string, dialect = 'snowflake'): Expression {
  const { expression, diagnostics } = parseExpressionText(sql, findDialect(dialect)!);
  if (diagnostics.length > 0) throw new Error(`${sql}: ${diagnostics[0]?.message}`);
  return expression;
}

/** The structure of an expression as operators before operands in brackets. */
export function shape(expression: Expression): string {
  switch (expression.kind) {
    case 'column':
      return expression.parts.map((part) => part.text).join('.');
    case 'number':
      return expression.text;
    case 'string':
      return `'${expression.value}'`;
    case 'binary':
      return `(${expression.operator} ${shape(expression.left)} ${shape(expression.right)})`;
    case 'logical':
      return `(${expression.operator} ${expression.operands.map(shape).join(' ')})`;
    case 'unary':
      return `(${expression.operator} ${shape(expression.operand)})`;
    case 'parenthesized':
      return shape(expression.expression);
    case 'is':
      return `(is-${expression.negated ? 'not-' : ''}${expression.test} ${shape(expression.operand)})`;
    case 'between':
      return `(between ${[expression.operand, expression.low, expression.high].map(shape).join(' ')})`;
    case 'like':
      return `(${expression.operator} ${[expression.operand, ...expression.patterns].map(shape).join(' ')})`;
    case 'cast':
      return `(cast ${shape(expression.operand)} ${expression.type.name})`;
    case 'call':
      return `(${expression.name.parts.map((part) => part.text).join('.')}${expression.arguments
        .map(({ value }) => ` ${value.kind === 'query' ? 'query' : shape(value)}`)
        .join('')})`;
    case 'path':
      return `(path ${shape(expression.operand)} ${expression.steps
        .map((step) => (step.kind === 'key' ? step.name.text : `[${shape(step.index)}]`))
        .join(' ')})`;
    default:
      return 'operand' in expression && expression.operand !== undefined
        ? `(${expression.kind} ${shape(expression.operand)})`
        : expression.kind;
  }
}
