import { type RefRequest, RelationValue, type Rendering, type TemplateFunction } from '../core/index.ts';
import { Float, hostFunction, TemplateError, typeName, type Value } from '../jinja/index.ts';

/** `ref('model')`, `ref('package', 'model')`, `version=`: the relation of a model, seed or snapshot, and an edge to it. */
const ref: TemplateFunction = {
  name: 'ref',
  create: (rendering: Rendering) =>
    hostFunction('ref', (args, kwargs, site) => {
      const request = readArguments(args, kwargs);
      return new RelationValue(rendering.ref(request, site), rendering.adapter.statements);
    }),
};
export default ref;

function readArguments(args: readonly Value[], kwargs: ReadonlyMap<string, Value>): RefRequest {
  const [first, second] = args;
  if (args.length < 1 || args.length > 2) {
    throw new TemplateError(`ref() takes a name, or a package and a name; it was given ${args.length} arguments`);
  }
  const name = args.length === 2 ? second : first;
  const packageName = args.length === 2 ? (first ?? null) : null;
  if (typeof name !== 'string') {
    throw new TemplateError(`The name argument to ref() must be a string, got ${typeName(name ?? null)}`);
  }
  if (packageName !== null && typeof packageName !== 'string') {
    throw new TemplateError(`The package argument to ref() must be a string or None, got ${typeName(packageName)}`);
  }
  return { package: packageName, name, version: readVersion(kwargs.get('version') || kwargs.get('v') || null) };
}

function readVersion(version: Value): string | number | null {
  if (version instanceof Float) return version.value;
  if (version === null || typeof version === 'string' || typeof version === 'number') return version;
  throw new TemplateError(`The version argument to ref() must be a string or a number, got ${typeName(version)}`);
}
