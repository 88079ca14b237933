import { error, isMapping, type Json, withArticle } from '../../core/index.ts';
import { anything } from '../config/value-type.ts';
import { checkShape, type ReadContext } from '../properties/context.ts';
import type { YamlPath } from '../yaml/index.ts';
import type { Form, ObjectForm } from './forms.ts';

/** Tells what is missing in an entry, what is of the wrong kind, and what nobody knows, each at its place. */
export function checkForm(context: ReadContext, path: YamlPath, written: Json, form: ObjectForm, owner: string): void {
  if (form.short !== undefined && typeof written === 'string') return;
  if (!isMapping(written)) {
    const expected = form.short === undefined ? 'a mapping' : 'a name or a mapping';
    // An entry of a list has no name of its own.
    const name = path.at(-1);
    wrong(
      context,
      path,
      `${typeof name === 'string' ? `'${name}' of ${owner}` : capital(owner)} has to be ${expected}`,
    );
    return;
  }
  const shape = Object.fromEntries(Object.keys(form.members).map((name) => [name, anything]));
  checkShape(context, path, written, shape, 'refuse');
  for (const [name, member] of Object.entries(form.members)) {
    checkMember(context, [...path, name], written[name], member, name, owner);
  }
}

function checkMember(
  context: ReadContext,
  path: YamlPath,
  written: Json | undefined,
  form: Form,
  name: string,
  owner: string,
): void {
  if (written === undefined || written === null) {
    if (form.kind !== 'list' && form.required) {
      const span = context.span(path.slice(0, -1));
      context.report(error('parse/missing-key', `${capital(owner)} needs '${name}'`, { span }));
    }
    return;
  }
  if (form.kind === 'object') checkForm(context, path, written, form, owner);
  else if (form.kind === 'value') {
    const expected = form.type(written);
    if (expected !== undefined)
      wrong(context, path, `'${name}' of ${owner} has to be ${expected.replace(/, or empty$/, '')}`);
  } else if (!Array.isArray(written)) wrong(context, path, `'${name}' of ${owner} has to be a list`);
  else {
    for (const [index, item] of (written as readonly Json[]).entries()) {
      checkForm(context, [...path, index], item, form.item, itemOwner(item, name, owner));
    }
  }
}

/** `the measure 'orders' of the semantic model 'sales'`. */
function itemOwner(item: Json, list: string, owner: string): string {
  const kind = list.replace(/ies$/, 'y').replace(/s$/, '');
  return isMapping(item) && typeof item.name === 'string'
    ? `the ${kind} '${item.name}' of ${owner}`
    : `${withArticle(kind)} of ${owner}`;
}

function wrong(context: ReadContext, path: YamlPath, message: string): void {
  context.report(error('parse/wrong-type', message, { span: context.span(path) }));
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
