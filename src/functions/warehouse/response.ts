import { HostObject, type Value } from '../../jinja/index.ts';

/** What the warehouse answered to a statement: prints as its message. */
export class ResponseValue extends HostObject {
  readonly #message: string;
  readonly #code: Value;
  readonly #rowsAffected: Value;

  constructor(message: string, code: Value = null, rowsAffected: Value = null) {
    super();
    this.#message = message;
    this.#code = code;
    this.#rowsAffected = rowsAffected;
  }

  override get typeName(): string {
    return 'AdapterResponse';
  }

  override str(): string {
    return this.#message;
  }

  override truthy(): boolean {
    return true;
  }

  override toJs(): unknown {
    return { _message: this.#message, code: this.#code, rows_affected: this.#rowsAffected };
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case '_message':
      case 'message':
        return this.#message;
      case 'code':
        return this.#code;
      case 'rows_affected':
        return this.#rowsAffected;
      default:
        return undefined;
    }
  }
}
