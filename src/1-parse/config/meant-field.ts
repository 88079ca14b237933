import { isMapping, type Json, misspelled } from '../../core/index.ts';
import type { ConfigFields } from './fields.ts';
import { fieldName } from './merge.ts';

/** A name that is nearly a known one: of a setting, or of a member of one. */
export interface Misspelt {
  /** Members that lead to it below the setting; empty for the setting itself. */
  readonly path: readonly string[];
  readonly meant: string;
}

/**
 * The settings that are meant by names that are none. Adapters and macros have settings of their own, so that only a name
 * that is nearly a known one is suspicious.
 */
export function misspeltNames(fields: ConfigFields, written: string, value: Json): readonly Misspelt[] {
  const name = fieldName(written);
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (field === undefined) return nearest(name, Object.keys(fields), []);
  const { names } = field.type;
  if (names === undefined || !isMapping(value)) return [];
  return Object.keys(value).flatMap((member) => (names.includes(member) ? [] : nearest(member, names, [member])));
}

function nearest(name: string, known: readonly string[], path: readonly string[]): readonly Misspelt[] {
  const meant = misspelled(name, known, 2);
  return meant === undefined ? [] : [{ path, meant }];
}
