import { TemplateError, typeName, type Value } from '../../jinja/index.ts';

/** A name, or a package and a name. */
export function namedArguments(
  called: string,
  args: readonly Value[],
): readonly [packageName: string | null, name: string] {
  if (args.length < 1 || args.length > 2) {
    throw new TemplateError(`${called}() takes a name, or a package and a name; it was given ${args.length} arguments`);
  }
  const [first = null, second = null] = args;
  const [packageName, name] = args.length === 2 ? [first, second] : [null, first];
  if (typeof name !== 'string') {
    throw new TemplateError(`The name argument to ${called}() must be a string, got ${typeName(name)}`);
  }
  if (packageName !== null && typeof packageName !== 'string') {
    throw new TemplateError(
      `The package argument to ${called}() must be a string or None, got ${typeName(packageName)}`,
    );
  }
  return [packageName, name];
}
