import {
  type CodeNode,
  type Diagnostic,
  defaultNames,
  type MacroNode,
  Problem,
  templateDiagnostic,
} from '../../core/index.ts';
import { callMacro, str, TemplateError, type Value } from '../../jinja/index.ts';
import { macroValue } from '../macros/macro-values.ts';
import { Recording, seen } from '../rendering/capture.ts';
import type { World } from '../rendering/world.ts';
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
      schema = defaultNames.schema(target, custom);
      schemas.set(custom, schema);
    }
    return schema;
  };
  const deciders = new Map<string, Deciders>();
  const decidersOf = (packageName: string): Deciders => {
    let known = deciders.get(packageName);
    if (known === undefined) {
      const decide = (part: keyof Namer): Decide | undefined => {
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
      if (decide) return decide(custom, node);
      return defaultNames.database(target, custom ?? linkedDatabase(world, node));
    },
    schema(custom, node) {
      const decide = decidersOf(node.package_name).schema;
      return decide ? (decide(custom, node) ?? target.schema) : sharedSchema(custom);
    },
    alias(custom, node) {
      const decide = decidersOf(node.package_name).alias;
      if (decide) return decide(custom, node) ?? node.name;
      const version = 'version' in node ? (node.version as string | number | null) : null;
      return defaultNames.alias(custom, node.name, version);
    },
  };
}

/** The database that a node's catalog is linked to, where it is; what is wrong with the catalog is told. */
function linkedDatabase({ shelves, settings, report }: World, node: CodeNode): string | null {
  const { withCatalog } = shelves.adapter;
  if (!withCatalog || node.config.catalog_name === undefined) return null;
  try {
    const { catalog_linked_database: database } = withCatalog(node.config, settings.catalogs ?? new Map());
    return typeof database === 'string' ? database : null;
  } catch (failure) {
    if (!(failure instanceof Problem)) throw failure;
    for (const found of failure.diagnostics) report({ ...found, span: node.origin.definition });
    return null;
  }
}

function overridingMacro(world: World, part: keyof Namer, packageName: string): MacroNode | undefined {
  const { search, settings } = world;
  const name = `generate_${part}_name`;
  const own = packageName === settings.name ? undefined : search.findIn(packageName, name);
  return own ?? search.findIn(settings.name, name) ?? search.dispatch(settings.name, name, 'dbt');
}

type Deciders = Readonly<Record<keyof Namer, Decide | undefined>>;

type Decide = (custom: string | null, node: CodeNode) => string | null;

function makeDecider(world: World, macro: MacroNode): Decide {
  const value = macroValue(macro);
  let options: { scope: Recording['scope']; lenient: true } | undefined;
  const known = new Map<string | null, string | null>();
  const { target } = world.environment;
  // As in dbt: where names are decided, these are the target's, and not yet those of a node.
  const extra = new Map<string, Value>([
    ['database', target.database],
    ['schema', target.schema],
  ]);
  const looksAtNode = /\bnode\b/.test(macro.macro_sql.replace(/^[^%]*%[^%]*%\}/, ''));
  return (custom, node) => {
    const before = looksAtNode ? undefined : known.get(custom);
    if (before !== undefined) return before;
    options ??= {
      scope: new Recording(world, { ...seen(node), packageName: macro.package_name, extra }).scope,
      lenient: true,
    };
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

function nameProblem(failure: TemplateError, macro: MacroNode, node: CodeNode): Diagnostic {
  const found = templateDiagnostic(failure, 'parse/template-error', macro.span);
  const note = { message: `while naming '${node.name}'`, span: node.origin.definition };
  return { ...found, notes: [...(found.notes ?? []), note] };
}
