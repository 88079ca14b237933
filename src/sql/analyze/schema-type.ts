import { remembered } from '../remembered.ts';
import { readTypeText, type SqlType, type Typed } from '../types/index.ts';

const known = new WeakMap<Typed, Map<string, SqlType>>();

/** The type that a text says. Schemas say the same few types over and over, so each is read once. */
export function schemaType(text: string, dialect: Typed): SqlType {
  const types = remembered(known, dialect, () => new Map<string, SqlType>());
  return remembered(types, text, () => readTypeText(text, dialect));
}
