import { HostObject, type Value } from '../../jinja/index.ts';

/** What Python's `datetime` has that is a number of microseconds. It equals, and is compared with, its own kind alone. */
export abstract class MicrosValue extends HostObject {
  readonly micros: bigint;

  constructor(micros: bigint) {
    super();
    this.micros = micros;
  }

  override truthy(): boolean {
    return true;
  }

  override toJs(): unknown {
    return this.str();
  }

  override equals(other: Value): boolean {
    return this.#isOfKind(other) && other.micros === this.micros;
  }

  override hashKey(): string {
    return `${this.typeName}:${this.micros}`;
  }

  override compare(other: Value): number | undefined {
    return this.#isOfKind(other) ? sign(this.micros - other.micros) : undefined;
  }

  #isOfKind(other: Value): other is MicrosValue {
    return other instanceof MicrosValue && other.constructor === this.constructor;
  }
}

export const sign = (difference: bigint): number => (difference < 0n ? -1 : difference > 0n ? 1 : 0);
