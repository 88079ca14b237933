import type { Target } from '../../core/index.ts';
import {
  getAttribute,
  type HostFunction,
  HostObject,
  hostFunction,
  str,
  truthy,
  type Value,
} from '../../jinja/index.ts';

/** The three names of a relation that macros may decide. */
export type NamePart = 'database' | 'schema' | 'alias';

/** The database of a node: what it asks for, else the target's. */
export function defaultDatabase(target: Target, custom: string | null): string | null {
  return custom === null ? target.database : custom.trim();
}

/** The schema of a node: the target's, with the one it asks for behind it. */
export function defaultSchema(target: Target, custom: string | null): string {
  return custom === null ? target.schema : `${target.schema}_${custom.trim()}`;
}

/** The alias of a node: what it asks for, else its name, with the version where it has one. */
export function defaultAlias(custom: string | null, name: string, version: string | number | null): string {
  if (custom) return custom.trim();
  return version ? `${name}_v${String(version).replaceAll('.', '_')}` : name;
}

/**
 * dbt's own macros behind these names, for projects whose overriding macros fall back on them:
 * `default__generate_schema_name`, `generate_schema_name_for_env`, `dbt.generate_alias_name`…
 */
export function builtInNameMacros(target: Target): ReadonlyMap<string, HostFunction> {
  const custom = (value: Value | undefined): string | null =>
    value === undefined || value === null ? null : str(value);
  const macros: Readonly<Record<string, (given: Value | undefined, node: Value | undefined) => Value>> = {
    default__generate_database_name: (given) => defaultDatabase(target, custom(given)),
    default__generate_schema_name: (given) => defaultSchema(target, custom(given)),
    default__generate_alias_name(given, node) {
      const version = node instanceof HostObject ? getAttribute(node, 'version') : null;
      const known = typeof version === 'string' || typeof version === 'number' ? version : null;
      const name = node instanceof HostObject ? str(getAttribute(node, 'name')) : '';
      return defaultAlias(given !== undefined && truthy(given) ? str(given) : null, name, known);
    },
    generate_schema_name_for_env(given) {
      const wanted = custom(given);
      return target.name === 'prod' && wanted !== null ? wanted.trim() : target.schema;
    },
  };
  const functions = new Map<string, HostFunction>();
  const argument = /^(?:default__)?generate_(database|schema|alias)_name/;
  for (const [name, body] of Object.entries(macros)) {
    const part = argument.exec(name)?.[1];
    const call = (args: Value[], kwargs: Map<string, Value>): Value =>
      body(args[0] ?? kwargs.get(`custom_${part}_name`), args[1] ?? kwargs.get('node'));
    functions.set(name, hostFunction(name, call));
    if (name.startsWith('default__')) functions.set(name.slice('default__'.length), hostFunction(name.slice(9), call));
  }
  return functions;
}
