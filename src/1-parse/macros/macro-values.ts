import type { MacroNode, Rendering, Shelves, TemplateFunction } from '../../core/index.ts';
import { HostObject, Macro, parseTemplate, type Value } from '../../jinja/index.ts';
import type { Project } from '../project.ts';
import { createMacroSearch, type MacroSearch, renderingOrder } from './macro-search.ts';

/** Reads the text of the file that a macro stands in. */
type ReadText = () => string;

const texts = new WeakMap<MacroNode, ReadText>();
const values = new WeakMap<MacroNode, Macro>();

/** Remembers where the text of a macro's file is to be had, so that errors in the macro have their place in it. */
export function rememberText(macro: MacroNode, read: ReadText): void {
  texts.set(macro, read);
}

/** A macro as a value that templates call; its code is made at the first call. */
export function macroValue(macro: MacroNode): Macro {
  let value = values.get(macro);
  if (value === undefined) {
    value = makeValue(macro);
    values.set(macro, value);
  }
  return value;
}

function makeValue(macro: MacroNode): Macro {
  const { file, start, end } = macro.span;
  const text = texts.get(macro)?.() ?? placed(macro);
  const template = parseTemplate(text, { file, start, end });
  const definition = template.blocks[0];
  if (definition === undefined) throw new Error(`${macro.unique_id} holds no macro`);
  return new NodeMacro(definition, macro);
}

/** The macro alone, at the place where it stands in its file: the file itself was not read. */
function placed({ macro_sql: text, span }: MacroNode): string {
  const blanks = text.length - text.trimStart().length;
  return ' '.repeat(Math.max(0, span.start - blanks)) + text;
}

/** Knows its node, so that a rendering can tell which macros were called. */
class NodeMacro extends Macro {
  readonly node: MacroNode;

  constructor(definition: Macro['definition'], node: MacroNode) {
    super(definition);
    this.node = node;
  }

  override invoke(...call: Parameters<Macro['invoke']>): ReturnType<Macro['invoke']> {
    const [caller] = call;
    // Calls from inside of macros are the macro's own affair, as in dbt.
    if (caller.depth === 0 && isMacroListener(caller.scope)) caller.scope.onMacro(this.node);
    return super.invoke(...call);
  }
}

/** A scope that wants to know which macros the template itself calls. */
export interface MacroListener {
  onMacro(macro: MacroNode): void;
}

function isMacroListener(scope: object): scope is MacroListener {
  return 'onMacro' in scope;
}

/** The macros of one package, as `{{ package.macro() }}`. */
export class PackageMacros extends HostObject {
  readonly packageName: string;
  readonly #find: (name: string) => Value | undefined;

  constructor(packageName: string, find: (name: string) => Value | undefined) {
    super();
    this.packageName = packageName;
    this.#find = find;
  }
  override get typeName(): string {
    return 'dict';
  }
  override getAttribute(name: string): Value | undefined {
    return this.#find(name);
  }
  override getItem(key: Value): Value | undefined {
    return typeof key === 'string' ? this.#find(key) : undefined;
  }
}

/** `dbt.name`: what is a macro of dbt's own and a function here. */
export function ownMacros(shelves: Pick<Shelves, 'functions' | 'adapter'>, rendering: () => Rendering): PackageMacros {
  return new PackageMacros('dbt', (name) => {
    const found = ownFunction(name, shelves);
    return found?.isMacro ? found.create(rendering()) : undefined;
  });
}

/** A function by its name, also by the name that the adapter's own form of it has in dbt: `<adapter>__name`. */
export function ownFunction(
  name: string,
  { functions, adapter }: Pick<Shelves, 'functions' | 'adapter'>,
): TemplateFunction | undefined {
  const { type, capabilities } = adapter;
  const prefix = `${type}__`;
  if (name.startsWith(prefix)) {
    const plain = name.slice(prefix.length);
    return capabilities.ownMacros?.includes(plain) ? functions.get(`default__${plain}`) : undefined;
  }
  const [, built = ''] = /^materialization_(\w+?)_(\w+)$/.exec(name) ?? [];
  const ofAdapter = name === `materialization_${built}_${type}` && capabilities.ownMaterializations?.includes(built);
  return functions.get(ofAdapter ? `materialization_${built}_default` : name);
}

const searches = new WeakMap<Project['macros'], MacroSearch<MacroNode>>();

/** The macro search of a project; made once. */
export function macroSearchOf(project: Pick<Project, 'macros' | 'settings' | 'packages'>): MacroSearch<MacroNode> {
  let search = searches.get(project.macros);
  if (search === undefined) {
    search = createMacroSearch(project.macros.values(), project.settings, project.packages, []);
    searches.set(project.macros, search);
  }
  return search;
}

/**
 * What a name means as a macro in files of a package: a macro of the package or of the root project, or a package whose
 * macros are its members. Undefined: no macro; the name may be a function.
 */
export function macroScope(
  project: Pick<Project, 'macros' | 'settings' | 'packages'>,
  packageName: string,
): (name: string) => Value | undefined {
  const search = macroSearchOf(project);
  const namespaces = new Map<string, PackageMacros>();
  return (name) => {
    const macro = search.find(packageName, name);
    if (macro !== undefined) return macroValue(macro);
    if (!search.isPackage(name)) return undefined;
    let namespace = namespaces.get(name);
    if (namespace === undefined) {
      namespace = new PackageMacros(name, (member) => {
        const found = search.findIn(name, member);
        return found && macroValue(found);
      });
      namespaces.set(name, namespace);
    }
    return namespace;
  };
}

/**
 * The macro that a name means, for `adapter.dispatch` and `run-operation`.
 *
 * @param packageName the package to look in; null: by the order of plain names in files of `from`.
 * @param from the package whose file is rendered; default: the root project.
 */
export function findMacro(
  project: Pick<Project, 'macros' | 'settings' | 'packages' | 'name'>,
  packageName: string | null,
  name: string,
  from: string = project.name,
): MacroNode | undefined {
  const search = macroSearchOf(project);
  return packageName === null ? search.find(from, name) : search.findIn(packageName, name);
}

/**
 * The macro that takes the place of one of dbt's own: a macro of that name, or an implementation `<adapter>__name` or
 * `default__name` in the packages where the project looks for those (`dispatch:`). Undefined: the project has none.
 */
export function overridingMacro(
  project: Pick<Project, 'macros' | 'settings' | 'packages' | 'name'>,
  name: string,
  adapterType: string,
  from: string,
): MacroNode | undefined {
  const plain = findMacro(project, null, name, from);
  return plain ?? implementationOf(project, name, adapterType, from);
}

/** The implementation that a project has for what dbt dispatches: `<adapter>__name` or `default__name`. */
export function implementationOf(
  project: Pick<Project, 'macros' | 'settings' | 'packages' | 'name'>,
  name: string,
  adapterType: string,
  from: string,
): MacroNode | undefined {
  for (const packageName of macroSearchOrder(project, 'dbt')) {
    const macro =
      findMacro(project, packageName, `${adapterType}__${name}`, from) ??
      findMacro(project, packageName, `default__${name}`, from);
    if (macro !== undefined) return macro;
  }
  return undefined;
}

/** Packages in which `adapter.dispatch(name, namespace)` looks, null meaning the order of plain names. */
export function macroSearchOrder(
  project: Pick<Project, 'settings' | 'packages'>,
  namespace: string | null,
): readonly (string | null)[] {
  return renderingOrder(project.settings, project.packages, namespace);
}
