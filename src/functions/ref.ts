import { type RefRequest, RelationValue, type Rendering, type TemplateFunction } from '../core/index.ts';
import { Float, HostFunction, str, TemplateError, typeName, Undefined, type Value } from '../jinja/index.ts';
import { RuntimeConfig } from './project/runtime-config.ts';

/** `ref('model')`, `ref('package', 'model')`, `version=`: the relation of a model, seed or snapshot, and an edge to it. */
const ref: TemplateFunction = {
  name: 'ref',
  create: (rendering: Rendering) => new Ref(rendering),
};
export default ref;

/** A function with an attribute: packages find dbt's configuration at `builtins.ref.config`. */
class Ref extends HostFunction {
  readonly #rendering: Rendering;

  constructor(rendering: Rendering) {
    super('ref', (args, kwargs, site) => {
      const request = readArguments(args, kwargs);
      return new RelationValue(rendering.ref(request, site), rendering.adapter.statements);
    });
    this.#rendering = rendering;
  }

  override getAttribute(name: string): Value | undefined {
    return name === 'config' ? new RuntimeConfig(this.#rendering) : undefined;
  }
}

function readArguments(args: readonly Value[], kwargs: ReadonlyMap<string, Value>): RefRequest {
  const [first, second] = args;
  if (args.length < 1 || args.length > 2) {
    throw new TemplateError(`ref() takes a name, or a package and a name; it was given ${args.length} arguments`);
  }
  const name = args.length === 2 ? second : first;
  const packageName = args.length === 2 ? (first ?? null) : null;
  if (typeof name !== 'string') {
    const hint = name instanceof Undefined && name.name ? `Put it in quotes: ref('${name.name}')` : undefined;
    const message = `The name argument to ref() must be a string, got ${typeName(name ?? null)}`;
    throw new TemplateError(message, undefined, { hint });
  }
  if (packageName !== null && typeof packageName !== 'string') {
    throw new TemplateError(`The package argument to ref() must be a string or None, got ${typeName(packageName)}`);
  }
  return { package: packageName, name, version: readVersion(kwargs.get('version') || (kwargs.get('v') ?? null)) };
}

function readVersion(version: Value): string | number | null {
  if (version instanceof Float) return Number.isInteger(version.value) ? str(version) : version.value;
  if (version === null || typeof version === 'string' || typeof version === 'number') return version;
  throw new TemplateError(`The version argument to ref() must be a string or a number, got ${typeName(version)}`);
}
