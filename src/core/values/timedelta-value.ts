import { Float, hostFunction, TemplateError, type Value } from '../../jinja/index.ts';
import { MicrosValue } from './micros-value.ts';

export const microsPerSecond = 1_000_000n;
export const microsPerDay = 86_400n * microsPerSecond;

/** Python's `datetime.timedelta`. */
export class TimedeltaValue extends MicrosValue {
  override get typeName(): string {
    return 'datetime.timedelta';
  }

  override truthy(): boolean {
    return this.micros !== 0n;
  }

  /** `1 day, 2:03:04`. */
  override str(): string {
    const [days, seconds, micros] = this.#parts();
    const clock = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
    const fraction = micros === 0 ? '' : `.${String(micros).padStart(6, '0')}`;
    const prefix = days === 0 ? '' : `${days} day${Math.abs(days) === 1 ? '' : 's'}, `;
    return prefix + clock + fraction;
  }

  override repr(): string {
    const named = ['days', 'seconds', 'microseconds'] as const;
    const parts = this.#parts().map((part, index) => (part === 0 ? '' : `${named[index]}=${part}`));
    return `datetime.timedelta(${parts.filter((part) => part !== '').join(', ') || '0'})`;
  }

  override getAttribute(name: string): Value | undefined {
    const [days, seconds, micros] = this.#parts();
    switch (name) {
      case 'days':
        return days;
      case 'seconds':
        return seconds;
      case 'microseconds':
        return micros;
      case 'total_seconds':
        return hostFunction(name, () => new Float(Number(this.micros) / 1e6));
      default:
        return undefined;
    }
  }

  override operate(
    operator: '+' | '-' | '*' | '/' | '//' | '%' | '**',
    other: Value,
    reflected: boolean,
  ): Value | undefined {
    if (other instanceof TimedeltaValue) return this.#withTimedelta(operator, other, reflected);
    const number = other instanceof Float ? other.value : other;
    if (typeof number !== 'number' && typeof number !== 'bigint') return undefined;
    if (operator === '*') return new TimedeltaValue(scale(this.micros, number));
    if (reflected) return undefined;
    if (operator === '/') return new TimedeltaValue(BigInt(Math.round(Number(this.micros) / divisor(number))));
    if (operator === '//' && typeof number === 'bigint') return new TimedeltaValue(floorDivide(this.micros, number));
    if (operator === '//') return new TimedeltaValue(floorDivide(this.micros, BigInt(divisor(number))));
    return undefined;
  }

  #withTimedelta(operator: string, other: TimedeltaValue, reflected: boolean): Value | undefined {
    const [left, right] = reflected ? [other.micros, this.micros] : [this.micros, other.micros];
    switch (operator) {
      case '+':
        return new TimedeltaValue(left + right);
      case '-':
        return new TimedeltaValue(left - right);
      case '/':
        return new Float(Number(left) / divisor(Number(right)));
      case '//':
        return Number(floorDivide(left, right));
      case '%':
        return new TimedeltaValue(left - floorDivide(left, right) * right);
      default:
        return undefined;
    }
  }

  /** Days (may be negative), seconds and microseconds (never are), as Python keeps them. */
  #parts(): readonly [days: number, seconds: number, micros: number] {
    const days = floorDivide(this.micros, microsPerDay);
    const rest = this.micros - days * microsPerDay;
    return [Number(days), Number(rest / microsPerSecond), Number(rest % microsPerSecond)];
  }
}

function scale(micros: bigint, factor: number | bigint): bigint {
  if (typeof factor === 'bigint' || Number.isInteger(factor)) return micros * BigInt(factor);
  return BigInt(Math.round(Number(micros) * factor));
}

function divisor(number: number | bigint): number {
  if (Number(number) === 0) throw new TemplateError('division by zero', 'ZeroDivisionError');
  return Number(number);
}

export function floorDivide(left: bigint, right: bigint): bigint {
  if (right === 0n) throw new TemplateError('integer division or modulo by zero', 'ZeroDivisionError');
  const quotient = left / right;
  return left % right !== 0n && left < 0n !== right < 0n ? quotient - 1n : quotient;
}

export function two(number: number): string {
  return String(number).padStart(2, '0');
}
