import { isMapping, type Json, type JsonObject } from '../../core/index.ts';
import {
  anything,
  flag,
  mapping,
  optional,
  text,
  textList,
  textOrTexts,
  type ValueType,
  wholeNumber,
} from '../config/value-type.ts';

/** What an entry of the semantic layer may look like, and what becomes of it. One table serves to check and to fill in. */
export type Form = ValueForm | ObjectForm | ListForm;

export interface ValueForm {
  readonly kind: 'value';
  readonly type: ValueType;
  readonly required: boolean;
  readonly initial: Json;
  /** What the manifest has for a value. Default: the value. */
  readonly read?: ((value: Json) => Json) | undefined;
}

export interface ObjectForm {
  readonly kind: 'object';
  readonly members: Readonly<Record<string, Form>>;
  readonly required: boolean;
  /** Text alone stands for a mapping with this member. */
  readonly short?: string | undefined;
  /** Whether it is there, with its defaults, where nobody wrote it. Default: it is null. */
  readonly always?: boolean | undefined;
}

interface ListForm {
  readonly kind: 'list';
  readonly item: ObjectForm;
  /** Where nobody wrote it. */
  readonly initial: Json;
}

/** A value that has to be there. */
export function must(form: ValueForm): ValueForm {
  return { ...form, required: true };
}

export function value(type: ValueType, initial: Json = null, read?: ValueForm['read']): ValueForm {
  return { kind: 'value', type: optional(type), required: false, initial, read };
}

export function object(members: ObjectForm['members'], rest: Partial<ObjectForm> = {}): ObjectForm {
  return { kind: 'object', members, required: false, ...rest };
}

export function list(item: ObjectForm, initial: Json = []): ListForm {
  return { kind: 'list', item, initial };
}

/** One of some words, in any letter case; the manifest has them in small letters. */
export function choice(words: readonly string[], initial: Json = null): ValueForm {
  const isWord: ValueType = (written) =>
    typeof written === 'string' && words.includes(written.toLowerCase()) ? undefined : `one of ${words.join(', ')}`;
  return value(isWord, initial, (written) => (typeof written === 'string' ? written.toLowerCase() : written));
}

export const optionalText = value(text);
export const description = value(text);
export const no = value(flag, false);
export const number = value((written) => (typeof written === 'number' ? undefined : 'a number'));
export const integer = value(wholeNumber);
export const texts = value(textList, []);
export const free = value(anything);
export const facts = value(mapping, {});

/** SQL that may be written as a number or as true; the manifest has it as Python's text. */
export const expression = value(
  (written) => (['string', 'number', 'boolean'].includes(typeof written) ? undefined : 'text'),
  null,
  (written) => (typeof written === 'boolean' ? (written ? 'True' : 'False') : String(written)),
);

/** One condition or several, all of which have to hold; their templates are for whoever asks for the metric. */
export const filter = value(textOrTexts, null, (written) => ({
  where_filters: (Array.isArray(written) ? (written as readonly Json[]) : [written]).map((condition) => ({
    where_sql_template: condition,
  })),
}));

/**
 * What the manifest has: every member, in the form's order. What is written wrong was told before, and is left as it is; only
 * what cannot be told from others is left out of its list.
 */
export function fill(form: Form, written: Json | undefined): Json {
  const missing = written === undefined || written === null;
  switch (form.kind) {
    case 'value':
      if (missing) return form.initial;
      return form.type(written) === undefined && form.read ? form.read(written) : written;
    case 'list':
      return Array.isArray(written)
        ? (written as readonly Json[]).filter((item) => hasName(form.item, item)).map((item) => fill(form.item, item))
        : form.initial;
    case 'object': {
      if (missing) return form.always ? fillMembers(form, {}) : null;
      const isShort = form.short !== undefined && typeof written === 'string';
      const whole = isShort ? { [form.short ?? '']: written } : written;
      return isMapping(whole) ? fillMembers(form, whole) : written;
    }
  }
}

function hasName({ members, short }: ObjectForm, item: Json): boolean {
  if (typeof item === 'string') return short !== undefined;
  return isMapping(item) && (members.name === undefined || typeof item.name === 'string');
}

function fillMembers(form: ObjectForm, written: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(form.members).map(([name, member]) => [name, fill(member, written[name])]));
}
