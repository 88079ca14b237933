import type { DocNode, MacroNode } from '../../core/index.ts';
import { hostFunction, type Scope, str, TemplateError } from '../../jinja/index.ts';
import { createConfigurator } from '../config/configurator.ts';
import type { MacroSearch } from '../macros/macro-search.ts';
import { createNamer } from '../names/namer.ts';
import type { ParseProjectInput } from '../project.ts';
import { varNames, varsWith } from '../rendering/vars.ts';
import { findDoc, type World } from '../rendering/world.ts';
import { yamlScope } from '../settings/index.ts';
import { createTestKinds } from '../tests/test-kind.ts';
import { locator } from '../yaml/index.ts';
import type { Describer } from './columns.ts';
import { createDescriber } from './describe.ts';
import type { Linking } from './linking.ts';
import { textOf } from './read-again.ts';

/** What files have said that templates of other files can name. */
export interface WorldParts extends Pick<World, 'versionOf' | 'onEnv' | 'report'> {
  readonly macros: ReadonlyMap<string, MacroNode>;
  readonly search: MacroSearch<MacroNode>;
  readonly docs: ReadonlyMap<string, DocNode>;
}

export function createWorld(input: ParseProjectInput, parts: WorldParts): World {
  const { environment, shelves, settings, packages } = input;
  return { environment, shelves, adapter: shelves.adapter, settings, packages, ...parts };
}

/** Tables without content, and what fills them. */
export function createLinking(
  world: World,
  report: Linking['report'],
  createdAt: number,
  reaches: Linking['reaches'],
): Linking {
  const { settings, packages } = world;
  const scopes = new Map<string, Scope>();
  const scopeOf = (packageName: string): Scope =>
    remember(scopes, packageName, () => makeYamlScope(world, packageName));
  const docScopes = new Map<string, Scope>();
  const docScope = (packageName: string): Scope =>
    remember(docScopes, packageName, () => makeDocScope(world, packageName, scopeOf(packageName)));
  const describers = new Map<string, Describer>();
  const locators = new Map<string, ReturnType<typeof locator>>();
  return {
    world,
    configurator: createConfigurator(settings, packages),
    namer: createNamer(world),
    nodes: new Map(),
    sources: new Map(),
    exposures: new Map(),
    groups: new Map(),
    unitTests: new Map(),
    functions: new Map(),
    metrics: new Map(),
    semanticModels: new Map(),
    savedQueries: new Map(),
    disabled: new Map(),
    report,
    createdAt,
    testKind: createTestKinds(world, reaches),
    reaches,
    yamlScope: scopeOf,
    docScope,
    describer: (packageName) =>
      remember(describers, packageName, () => createDescriber(world, packageName, docScope(packageName))),
    spanIn(file, path, part, from) {
      const find = remember(locators, file.key, () => locator(textOf(file), file.found.file));
      return find(path, part, from);
    },
  };
}

function remember<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  let value = known.get(key);
  if (value === undefined) {
    value = make();
    known.set(key, value);
  }
  return value;
}

function makeYamlScope(world: World, packageName: string): Scope {
  const { environment, shelves } = world;
  return yamlScope({
    functions: shelves.functions,
    environment,
    projectName: world.settings.name,
    varsWith: (name) => varsWith(world, packageName, environment.vars, name),
    varNames: () => varNames(world, packageName, environment.vars),
    readEnv(name) {
      const value = environment.env(name);
      world.onEnv(name, value);
      return value;
    },
  });
}

/** As YAML, and with `doc()`. */
function makeDocScope(world: World, packageName: string, scope: Scope): Scope {
  const doc = hostFunction('doc', (args) => {
    const [first, second] = args.map(str);
    const found = findDoc(world, packageName, second === undefined ? null : (first ?? null), second ?? first ?? '');
    if (found === undefined) throw new TemplateError(`No docs block is named '${second ?? first}'`);
    return found.block_contents;
  });
  return { lookup: (name) => (name === 'doc' ? doc : scope.lookup(name)) };
}
