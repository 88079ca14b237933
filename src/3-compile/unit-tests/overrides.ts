import { PackageMacros } from '../../1-parse/index.ts';
import { type Json, jsonToValue, type Shelves, type UnitTestOverrides } from '../../core/index.ts';
import { HostObject, hostFunction, Macro, type Value } from '../../jinja/index.ts';

/** Changes what a name means while a unit test's model is rendered; undefined: the name stays unknown. */
export type OverrideName = (name: string, found: Value | undefined) => Value | undefined;

/**
 * What `overrides: macros:` does, by dbt's rules: a macro gives the value when it is called, anything else is the value;
 * `package.macro` names a macro of a package; what is one of dbt's own has the value with and without `dbt.`. Names that
 * nothing stands behind change nothing.
 */
export function overriddenNames({ macros }: Pick<UnitTestOverrides, 'macros'>, shelves: Shelves): OverrideName {
  const plain = new Map<string, Json>();
  const members = new Map<string, Map<string, Json>>();
  const addMember = (packageName: string, name: string, value: Json): void => {
    const known = members.get(packageName) ?? new Map<string, Json>();
    members.set(packageName, known.set(name, value));
  };
  const isOwn = (name: string): boolean => shelves.functions.get(name)?.isMacro === true;
  for (const [written, value] of Object.entries(macros)) {
    const [first = '', second] = written.split('.');
    if (second === undefined) {
      plain.set(first, value);
      if (isOwn(first)) addMember('dbt', first, value);
    } else {
      addMember(first, second, value);
      if (first === 'dbt' && !(second in macros)) plain.set(second, value);
    }
  }
  return (name, found) => {
    if (found === undefined) return undefined;
    const value = plain.get(name);
    if (value !== undefined) return found instanceof Macro || isOwn(name) ? giving(name, value) : jsonToValue(value);
    const ofPackage = members.get(name);
    if (ofPackage === undefined || !(found instanceof HostObject)) return found;
    return new PackageMacros(name, (member) => {
      const original = found.getAttribute(member);
      const over = ofPackage.get(member);
      return original === undefined || over === undefined ? original : giving(member, over);
    });
  };
}

function giving(name: string, value: Json): Value {
  return hostFunction(name, () => jsonToValue(value));
}
