import type { JsonObject, MacroNode } from '../../core/index.ts';
import { macroValue } from '../macros/macro-values.ts';

type Arguments = MacroNode['arguments'];

/** dbt's flag: whether macros have the arguments of their definitions, and YAML has to agree with these. */
export function argumentsAreValidated(flags: JsonObject): boolean {
  return flags.validate_macro_args === true;
}

/** The arguments of a macro as its definition names them. */
export function definedArguments(macro: MacroNode): Arguments {
  return macroValue(macro).definition.arguments.map(({ name }) => ({ name, type: null, description: '' }));
}

/** Where the arguments that YAML describes are not those of the definition, in words. */
export function argumentProblems(name: string, described: Arguments, defined: Arguments): readonly string[] {
  if (described.length === 0) return [];
  const other = described.filter((argument, place) => defined[place] && defined[place].name !== argument.name);
  const untyped = described.filter(({ type }) => typeof type === 'string' && type.trim() !== '' && !isType(type));
  return [
    ...other.map(
      (argument) =>
        `The argument '${argument.name}' stands in another place, or has another name, in the macro '${name}'`,
    ),
    ...(described.length === defined.length
      ? []
      : [`The macro '${name}' takes ${defined.length} arguments, and ${described.length} are described`]),
    ...untyped.map(
      (argument) => `The type '${argument.type}' of '${argument.name}' is none that an argument of a macro can have`,
    ),
  ];
}

const plainTypes = new Set(['str', 'string', 'bool', 'int', 'integer', 'float', 'any', 'relation', 'column']);

/** `list[string]`, `dict[string, any]`, `optional[int]`, and the plain ones. */
function isType(text: string): boolean {
  return restOfType(text.replace(/[ \t]/g, '')) === '';
}

/** What stands behind the type that a text begins with; undefined where it begins with none. */
function restOfType(text: string): string | undefined {
  const name = /^[a-z]+/.exec(text)?.[0] ?? '';
  const rest = text.slice(name.length);
  if (plainTypes.has(name)) return rest;
  if (name === 'list' || name === 'optional') return behind(']', restOfType(behind('[', rest) ?? ''));
  if (name !== 'dict') return undefined;
  const values = behind(',', restOfType(behind('[', rest) ?? ''));
  return behind(']', restOfType(values ?? ''));
}

function behind(mark: string, text: string | undefined): string | undefined {
  return text?.startsWith(mark) ? text.slice(1) : undefined;
}
