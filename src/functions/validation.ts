import type { TemplateFunction } from '../core/index.ts';
import { Dict, equals, HostObject, hostFunction, str, TemplateError, type Value } from '../jinja/index.ts';

/** `validation.any[…]` as dbt's materializations use it: a check that a setting is one of the given values. */
class AnyValidator extends HostObject {
  override get typeName(): string {
    return 'function';
  }

  override get callable(): boolean {
    return true;
  }

  override call(allowed: Value[]): Value {
    return this.#check(allowed);
  }

  override getItem(key: Value): Value {
    return this.#check(Array.isArray(key) ? key : [key]);
  }

  #check(allowed: readonly Value[]): Value {
    return hostFunction('validate', ([value]) => {
      const given = value ?? null;
      // Types (`basestring`) are no values of templates; they check nothing.
      if (allowed.some((candidate) => candidate instanceof HostObject || equals(candidate, given))) return null;
      throw new TemplateError(`Expected value "${str(given)}" to be one of ${allowed.map(str).join(',')}`);
    });
  }
}

/** `validation.any('a', 'b')`. */
const validation: TemplateFunction = { name: 'validation', create: () => Dict.of([['any', new AnyValidator()]]) };
export default validation;
