import { type CodeNode, type Diagnostic, type MacroNode, templateDiagnostic } from '../../core/index.ts';
import { callMacro, HostObject, str, TemplateError, type Value } from '../../jinja/index.ts';
import { macroValue } from '../macros/macro-values.ts';
import { createRecording } from '../rendering/capture.ts';
import type { World } from '../rendering/world.ts';
import { builtInNameMacros, defaultAlias, defaultDatabase, defaultSchema, type NamePart } from './default-names.ts';
import { NodeValue } from './node-value.ts';

/** Decides under which names nodes stand in the warehouse. */
export interface Namer {
  database(custom: string | null, node: CodeNode): string | null;
  schema(custom: string | null, node: CodeNode): string;
  alias(custom: string | null, node: CodeNode): string;
}

/**
 * dbt's rules, unless the root project (for all) or a package (for its own nodes) has a macro `generate_schema_name`,
 * `generate_alias_name` or `generate_database_name`, or overrides the `default__…` behind it.
 */
export function createNamer(world: World): Namer {
  const { target } = world.environment;
  const schemas = new Map<string | null, string>();
  /** Most nodes share a schema, and so its text. */
  const sharedSchema = (custom: string | null): string => {
    let schema = schemas.get(custom);
    if (schema === undefined) {
      schema = defaultSchema(target, custom);
      schemas.set(custom, schema);
    }
    return schema;
  };
  const deciders = new Map<string, Deciders>();
  const decidersOf = (packageName: string): Deciders => {
    let known = deciders.get(packageName);
    if (known === undefined) {
      const decide = (part: NamePart): Decide | undefined => {
        const macro = overridingMacro(world, part, packageName);
        return macro && makeDecider(world, macro);
      };
      known = { database: decide('database'), schema: decide('schema'), alias: decide('alias') };
      deciders.set(packageName, known);
    }
    return known;
  };
  return {
    database(custom, node) {
      const decide = decidersOf(node.package_name).database;
      return decide ? decide(custom, node) : defaultDatabase(target, custom);
    },
    schema(custom, node) {
      const decide = decidersOf(node.package_name).schema;
      return decide ? (decide(custom, node) ?? target.schema) : sharedSchema(custom);
    },
    alias(custom, node) {
      const decide = decidersOf(node.package_name).alias;
      if (decide) return decide(custom, node) ?? node.name;
      const version = 'version' in node ? (node.version as string | number | null) : null;
      return defaultAlias(custom, node.name, version);
    },
  };
}

function overridingMacro(world: World, part: NamePart, packageName: string): MacroNode | undefined {
  const { search, settings } = world;
  const name = `generate_${part}_name`;
  const own = packageName === settings.name ? undefined : search.findIn(packageName, name);
  return own ?? search.findIn(settings.name, name) ?? search.dispatch(settings.name, name, 'dbt');
}

type Deciders = Readonly<Record<NamePart, Decide | undefined>>;

type Decide = (custom: string | null, node: CodeNode) => string | null;

function makeDecider(world: World, macro: MacroNode): Decide {
  const value = macroValue(macro);
  const builtIns = builtInNameMacros(world.environment.target);
  let options: { scope: ReturnType<typeof createRecording>['scope']; lenient: true } | undefined;
  const known = new Map<string | null, string | null>();
  const looksAtNode = /\bnode\b/.test(macro.macro_sql.replace(/^[^%]*%[^%]*%\}/, ''));
  return (custom, node) => {
    const before = looksAtNode ? undefined : known.get(custom);
    if (before !== undefined) return before;
    options ??= { scope: scopeFor(world, macro, node, builtIns), lenient: true };
    try {
      const result = callMacro(value, [custom, new NodeValue(node)], options);
      const name = result === null ? null : str(result).trim();
      known.set(custom, name);
      return name;
    } catch (failure) {
      if (!(failure instanceof TemplateError)) throw failure;
      world.report(nameProblem(failure, macro, node));
      return null;
    }
  };
}

function scopeFor(
  world: World,
  macro: MacroNode,
  node: CodeNode,
  builtIns: ReadonlyMap<string, Value>,
): ReturnType<typeof createRecording>['scope'] {
  const extra = new Map<string, Value>();
  for (const [name, value] of builtIns) {
    if (world.search.find(macro.package_name, name) === undefined) extra.set(name, value);
  }
  const { scope } = createRecording(world, { node, packageName: macro.package_name, extra });
  extra.set('dbt', new BuiltIns(builtIns, scope.lookup('dbt')));
  return createRecording(world, { node, packageName: macro.package_name, extra }).scope;
}

/** `dbt.default__generate_schema_name`, and what else there is below `dbt`. */
class BuiltIns extends HostObject {
  readonly #names: ReadonlyMap<string, Value>;
  readonly #others: Value | undefined;

  constructor(names: ReadonlyMap<string, Value>, others: Value | undefined) {
    super();
    this.#names = names;
    this.#others = others;
  }
  override getAttribute(name: string): Value | undefined {
    const others = this.#others instanceof HostObject ? this.#others.getAttribute(name) : undefined;
    return this.#names.get(name) ?? others;
  }
}

function nameProblem(failure: TemplateError, macro: MacroNode, node: CodeNode): Diagnostic {
  const found = templateDiagnostic(failure, 'parse/template-error', macro.span);
  const note = { message: `while naming '${node.name}'`, span: node.origin.definition };
  return { ...found, notes: [...(found.notes ?? []), note] };
}
