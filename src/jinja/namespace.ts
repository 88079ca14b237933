import { repr } from './display.ts';
import type { Value } from './values.ts';
import { Dict, HostObject } from './values.ts';

/** What `namespace(…)` makes: the one object whose attributes templates may set. */
export class Namespace extends HostObject {
  private readonly attributes: Dict;

  constructor(attributes: Dict = new Dict()) {
    super();
    this.attributes = attributes;
  }
  override get typeName(): string {
    return 'Namespace';
  }
  override getAttribute(name: string): Value | undefined {
    return this.attributes.get(name);
  }
  override acceptsAttributes(): boolean {
    return true;
  }
  override setAttribute(name: string, value: Value): void {
    this.attributes.set(name, value);
  }
  override repr(): string {
    return `<Namespace ${repr(this.attributes)}>`;
  }
}
