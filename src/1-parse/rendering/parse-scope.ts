import { chanceOf, type Environment, type JsonObject, type MacroNode, type Rendering } from '../../core/index.ts';
import { HostObject, hostFunction, type Scope, Undefined, type Value } from '../../jinja/index.ts';
import { type MacroListener, macroValue, ownFunction, ownMacros, PackageMacros } from '../macros/macro-values.ts';
import type { World } from './world.ts';

/**
 * What a template can name at parsing: macros first (a project may replace a function by a macro), then functions. Keeps
 * a list of what was asked for and what it meant, since the outcome of the rendering depends on it.
 */
export class ParseScope implements Scope, MacroListener {
  readonly #world: World;
  readonly #packageName: string;
  readonly #rendering: () => Rendering;
  readonly #values: Map<string, Value>;
  readonly #macros: Set<string>;
  readonly #names: Record<string, string> = {};
  readonly random: () => number;

  constructor(world: World, packageName: string, rendering: () => Rendering, extra?: ReadonlyMap<string, Value>) {
    this.#world = world;
    this.#packageName = packageName;
    this.#rendering = rendering;
    this.#values = new Map(extra);
    this.#macros = new Set();
    this.random = chanceOf(world.environment);
  }

  /** Names that were asked for, with what they meant. */
  get names(): Readonly<Record<string, string>> {
    return this.#names;
  }

  /** Macros that the template itself called, in the order of the calls. */
  get macros(): readonly string[] {
    return [...this.#macros];
  }

  lookup(name: string): Value | undefined {
    const known = this.#values.get(name);
    if (known !== undefined) return known;
    const value = this.#find(name);
    if (value !== undefined) this.#values.set(name, value);
    return value;
  }

  known(): Iterable<string> {
    this.#names[everyName] = meaningOf(this.#world, this.#packageName, everyName);
    const { search, shelves } = this.#world;
    return new Set([
      ...this.#values.keys(),
      ...search.namesFrom(this.#packageName),
      'dbt',
      ...shelves.functions.keys(),
    ]);
  }

  define(name: string, value: Value): void {
    this.#values.set(name, value);
  }

  onMacro(macro: MacroNode): void {
    this.#macros.add(macro.unique_id);
  }

  /** As `adapter.dispatch` looks: in one package, or (null) by the order of plain names. */
  findMacro(packageName: string | null, name: string): Value | undefined {
    const { search } = this.#world;
    const macro = packageName === null ? search.find(this.#packageName, name) : search.findIn(packageName, name);
    this.#names[packageName === null ? name : `${packageName}.${name}`] = meaningOfMacro(this.#world, macro);
    return macro && macroValue(macro);
  }

  #find(name: string): Value | undefined {
    this.#names[name] = meaningOf(this.#world, this.#packageName, name);
    const { search, shelves } = this.#world;
    const macro = search.find(this.#packageName, name);
    if (macro !== undefined) return macroValue(macro);
    if (search.isPackage(name)) return lenient(new PackageMacros(name, (member) => this.findMacro(name, member)));
    if (name === 'dbt') {
      const own = ownMacros(shelves, this.#rendering);
      return lenient(new PackageMacros(name, (member) => this.#counted(member, own.getAttribute(member))));
    }
    const found = ownFunction(name, shelves);
    const value = found?.create(this.#rendering());
    return found?.isMacro ? this.#counted(name, value) : value;
  }

  /** A macro of dbt's own is written down when the template itself calls it, like one of the project. */
  #counted(name: string, value: Value | undefined): Value | undefined {
    if (!(value instanceof HostObject) || !value.callable) return value;
    return hostFunction(name, (args, kwargs, site) => {
      if (site.chain.length === 0) this.#macros.add(`macro.dbt.${name}`);
      return value.call(args, kwargs, site);
    });
  }
}

/** As dbt: while parsing, a macro that does not exist is no mistake yet; compiling will say so. */
function lenient(macros: PackageMacros): PackageMacros {
  return new PackageMacros(
    macros.packageName,
    (name) => macros.getAttribute(name) ?? new Undefined(name, { lenient: true }),
  );
}

/** Stands among the names that were asked for where a template looked at all that there are. */
const everyName = '*';

/** What shows to templates what is other with every command. */
export const showsFlags: readonly string[] = ['flags', 'invocation_args_dict', 'dbt_metadata_envs'];

/**
 * What a name means in files of a package, as a text that changes when the meaning does. Functions always mean the same
 * (the cache is dropped with the version), except those that `showsFlags` names.
 */
export function meaningOf(world: World, packageName: string, name: string): string {
  const { search } = world;
  if (name === everyName) return [...search.namesFrom(packageName)].sort().join();
  const dot = name.indexOf('.');
  if (dot > 0) return meaningOfMacro(world, search.findIn(name.slice(0, dot), name.slice(dot + 1)));
  const macro = search.find(packageName, name);
  if (macro !== undefined) return meaningOfMacro(world, macro);
  if (search.isPackage(name)) return 'package';
  return showsFlags.includes(name) ? flagsText(world) : '-';
}

function meaningOfMacro(world: World, macro: MacroNode | undefined): string {
  return macro === undefined ? '-' : `${macro.unique_id}#${world.versionOf(macro)}`;
}

function flagsText({ environment }: World): string {
  return JSON.stringify(shownFlags(environment));
}

/** All that `showsFlags` can show. */
export function shownFlags({ flags, metadataEnv = {} }: Environment): JsonObject {
  return { ...(flags as unknown as JsonObject), metadataEnv };
}
