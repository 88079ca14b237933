import { foldName, type Scope } from '../names/index.ts';
import type { Identifier } from '../tree.ts';
import { unknownType } from '../types/index.ts';
import type { Context, Value } from './context.ts';
import { schemaType } from './schema-type.ts';

/**
 * What a name means that no table lists: a row's number, a property of a staged file, a sequence's next value, the level
 * in a hierarchy. Undefined if it is none of these.
 */
export function pseudoColumn(context: Context, parts: readonly Identifier[], scope: Scope): Value | undefined {
  const { rules } = context;
  const name = foldName(parts.at(-1)!, rules).toUpperCase();
  if (parts.length > 1 && rules.sequenceMembers.includes(name)) return number(context);
  if (parts.length === 1 && scope.level.hierarchical && rules.hierarchyColumns[name]) {
    return { ...typed(context, rules.hierarchyColumns[name]), nullable: false };
  }
  if (rules.pseudoColumnPrefixes.some((prefix) => name.startsWith(prefix))) return unknown;
  const type = rules.pseudoColumns[name];
  return type ? { ...typed(context, type), nullable: false } : undefined;
}

const unknown: Value = { type: unknownType, nullable: true };

function typed(context: Context, name: string): Value {
  return { type: schemaType(name, context.dialect), nullable: true };
}

const number = (context: Context): Value => ({ ...typed(context, 'number'), nullable: false });
