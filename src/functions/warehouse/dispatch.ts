import type { Rendering } from '../../core/index.ts';
import {
  bindArguments,
  getAttribute,
  HostObject,
  Macro,
  str,
  TemplateError,
  typeName,
  Undefined,
  type Value,
} from '../../jinja/index.ts';

/**
 * dbt's dispatch: the first macro `ADAPTER__name` or `default__name` in the packages that the namespace stands for. A
 * function of Ingot's that has the plain name takes the place of dbt's own implementations.
 *
 * @throws TemplateError with all that was looked for.
 */
export function dispatch(rendering: Rendering, args: readonly Value[], kwargs: ReadonlyMap<string, Value>): Value {
  const parameters = ['macro_name', 'macro_namespace=', 'packages='];
  const [given, namespaceGiven, packages] = bindArguments('dispatch', parameters, args, kwargs);
  const name = str(given ?? null);
  const namespace = readNamespace(name, namespaceGiven ?? null, packages);
  const tried: string[] = [];
  for (const packageName of searchOrder(rendering, namespace)) {
    for (const prefix of [rendering.adapter.type, 'default']) {
      const full = `${prefix}__${name}`;
      const macro = findMacro(rendering, packageName, full);
      if (macro !== undefined) return macro;
      tried.push(packageName === null ? full : `${packageName}.${full}`);
    }
  }
  const own = namespace === null || namespace === 'dbt' ? rendering.scope.lookup(name) : undefined;
  if (isCallable(own) && !(own instanceof Macro)) return own;
  const searched = tried.map((attempt) => `'${attempt}'`).join(', ');
  throw new TemplateError(
    `In dispatch: No macro named '${name}' found within namespace: '${namespace ?? 'None'}'. Searched for: ${searched}`,
  );
}

function readNamespace(name: string, namespace: Value, packages: Value | undefined): string | null {
  const [package_, rest] = name.split('.', 2);
  if (rest !== undefined) {
    throw new TemplateError(
      `In adapter.dispatch, '${name}' has a dot. Did you mean adapter.dispatch('${rest}', macro_namespace='${package_}')?`,
    );
  }
  if (packages != null) {
    throw new TemplateError(`adapter.dispatch('${name}') takes no 'packages' any more: use macro_namespace`);
  }
  if (namespace === null || typeof namespace === 'string') return namespace;
  throw new TemplateError(
    `In adapter.dispatch, got a ${typeName(namespace)} macro_namespace argument, but it should be None or a string`,
  );
}

function searchOrder(rendering: Rendering, namespace: string | null): readonly (string | null)[] {
  if (rendering.macroSearchOrder) return rendering.macroSearchOrder(namespace);
  if (namespace === null || rendering.scope.lookup(namespace) === undefined) return [null];
  return [rendering.projectName, namespace];
}

function findMacro(rendering: Rendering, packageName: string | null, name: string): Value | undefined {
  if (rendering.findMacro) return rendering.findMacro(packageName, name);
  if (packageName === null) return callableOrNothing(rendering.scope.lookup(name));
  const namespace = rendering.scope.lookup(packageName);
  return namespace instanceof HostObject ? callableOrNothing(getAttribute(namespace, name)) : undefined;
}

function callableOrNothing(value: Value | undefined): Value | undefined {
  return isCallable(value) && !(value instanceof Undefined) ? value : undefined;
}

function isCallable(value: Value | undefined): value is HostObject {
  return value instanceof HostObject && value.callable;
}
