import { type CallSite, HostObject, type Result, type Value } from '../../jinja/index.ts';

export type ClassCall = (args: Value[], kwargs: Map<string, Value>, site: CallSite) => Result;

/** A Python class: called to make an object, with static methods and constants. */
export class ClassValue extends HostObject {
  readonly name: string;
  readonly #make: ClassCall;
  readonly #members: (name: string) => Value | undefined;

  constructor(name: string, make: ClassCall, members: (name: string) => Value | undefined) {
    super();
    this.name = name;
    this.#make = make;
    this.#members = members;
  }

  override get typeName(): string {
    return 'type';
  }

  override get callable(): boolean {
    return true;
  }

  override repr(): string {
    return `<class '${this.name}'>`;
  }

  override call(args: Value[], kwargs: Map<string, Value>, site: CallSite): Result {
    return this.#make(args, kwargs, site);
  }

  override getAttribute(name: string): Value | undefined {
    return this.#members(name);
  }
}
