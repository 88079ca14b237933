import type { Rendering } from '../../core/index.ts';
import {
  bindArguments,
  type CallSite,
  getAttribute,
  HostObject,
  Macro,
  type Result,
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
  const found = findImplementation(rendering, name, namespace, tried);
  if (found !== undefined) return found;
  // As dbt has it: where nobody has a package of that name, plain names are looked up, and dbt's own are among them.
  const isNobodys = namespace !== null && isPlain(searchOrder(rendering, namespace));
  const own = namespace === null || namespace === 'dbt' || isNobodys ? ownMacro(rendering, name) : undefined;
  if (own !== undefined) return own;
  const searched = tried.map((attempt) => `'${attempt}'`).join(', ');
  throw new TemplateError(
    `In dispatch: No macro named '${name}' found within namespace: '${namespace ?? 'None'}'. Searched for: ${searched}`,
  );
}

/**
 * The implementation of a macro that the project or a package brings, by dbt's order of dispatch.
 *
 * @param tried gets the names that were looked for.
 */
export function findImplementation(
  rendering: Rendering,
  name: string,
  namespace: string | null,
  tried: string[] = [],
): HostObject | undefined {
  const { type, capabilities } = rendering.adapter;
  const packages = searchOrder(rendering, namespace);
  const look = (packageName: string | null, prefix: string): HostObject | undefined => {
    const full = `${prefix}__${name}`;
    const macro = findMacro(rendering, packageName, full);
    if (isCallable(macro)) return macro;
    tried.push(packageName === null ? full : `${packageName}.${full}`);
    return undefined;
  };
  if (namespace !== null) {
    return first(packages, (packageName) => look(packageName, type) ?? look(packageName, 'default'));
  }
  const ofAdapter = first(packages, (packageName) => look(packageName, type));
  // What the adapter brings is nearer than anybody's default.
  if (ofAdapter || capabilities.ownMacros?.includes(name)) return ofAdapter;
  return first(packages, (packageName) => look(packageName, 'default'));
}

function first<Item, Found>(items: readonly Item[], find: (item: Item) => Found | undefined): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What is a macro of dbt's own and a function of Ingot's, even where the project has a macro of that name. */
function ownMacro(rendering: Rendering, name: string): HostObject | undefined {
  const dbt = rendering.scope.lookup('dbt');
  const own = dbt instanceof HostObject ? dbt.getAttribute(name) : undefined;
  const found = own === undefined || own instanceof Undefined ? rendering.scope.lookup(name) : own;
  return isCallable(found) && !(found instanceof Macro) ? found : undefined;
}

/** Calls a macro that dbt's own call: the project's or package's of that name, else dbt's own. */
export function callOwn(
  rendering: Rendering,
  name: string,
  args: readonly (Value | undefined)[],
  site: CallSite,
): Result {
  const plain = rendering.findMacro?.(null, name);
  const macro = isCallable(plain) ? plain : ownMacro(rendering, name);
  if (macro === undefined) throw new Error(`there is no macro ${name}`);
  return macro.call(
    args.map((argument) => argument ?? null),
    new Map(),
    site,
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

const isPlain = (order: readonly (string | null)[]): boolean => order.length === 1 && order[0] === null;

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
