import { Float, HostObject, TemplateError, typeName, type Value } from '../../jinja/index.ts';

/** Python's `a + b`, for numbers, text, lists and what knows how to add. */
export function add(left: Value, right: Value): Value {
  if (typeof left === 'string' && typeof right === 'string') return left + right;
  if (Array.isArray(left) && Array.isArray(right)) return [...left, ...right];
  if (typeof left === 'number' && typeof right === 'number') return left + right;
  const [a, b] = [left, right].map((value) => (value instanceof Float ? value.value : value));
  if (typeof a === 'number' && typeof b === 'number') return new Float(a + b);
  const sum = left instanceof HostObject ? left.operate('+', right, false) : undefined;
  if (sum !== undefined) return sum;
  throw new TemplateError(
    `unsupported operand type(s) for +: '${typeName(left)}' and '${typeName(right)}'`,
    'TypeError',
  );
}
