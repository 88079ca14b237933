import { Activation } from './activation.ts';
import { compileNative } from './codegen/compile.ts';
import { asNumber } from './compare.ts';
import { str } from './display.ts';
import { NATIVE_ENVIRONMENT } from './environment.ts';
import { TemplateError } from './errors.ts';
import { literalEval } from './literal.ts';
import { Marked } from './native-filters.ts';
import type { RenderOptions } from './render.ts';
import { asScope, stateOf } from './render.ts';
import type { NativeParts } from './runtime.ts';
import type { Template } from './template.ts';
import { parseTemplate } from './template.ts';
import type { Value } from './values.ts';

function run(template: Template, options: RenderOptions, mode: 'sync' | 'async'): NativeParts | Promise<NativeParts> {
  const state = stateOf({ environment: NATIVE_ENVIRONMENT, ...options }, mode, false);
  const compiled = compileNative(template, state.environment, { async: mode === 'async', mapped: false });
  return compiled.run(new Activation(state, asScope(options.scope), compiled.unit), []);
}

function templateOf(source: string | Template, file: string | undefined): Template {
  return typeof source === 'string' ? parseTemplate(source, { file: file ?? '<value>' }) : source;
}

/** Options of a native render; `file` names the text in positions when it is given as a string. */
export interface NativeOptions extends RenderOptions {
  readonly file?: string | undefined;
}

/**
 * Renders a value of a YAML file as dbt's native environment does.
 *
 * Text stays text, also where it spells a number. A single expression gives its value as it is; `as_native`, `as_bool`
 * and `as_number` read the text as a Python literal, `as_text` keeps it. Several parts are joined as text.
 *
 * @throws TemplateError, also where `as_bool` or `as_number` meets something else.
 */
export function renderNative(source: string | Template, options: NativeOptions = {}): Value {
  return finish(run(templateOf(source, options.file), options, 'sync') as NativeParts);
}

/** As `renderNative`, waiting for host functions that return a Promise. */
export async function renderNativeAsync(source: string | Template, options: NativeOptions = {}): Promise<Value> {
  return finish(await run(templateOf(source, options.file), options, 'async'));
}

function finish({ parts }: NativeParts): Value {
  const [only] = parts;
  if (only === undefined) return '';
  if (parts.length > 1) return parts.map(({ value }) => str(value)).join('');
  return only.value instanceof Marked ? readMarked(only.value) : only.value;
}

function readMarked({ marking, text }: Marked): Value {
  if (marking === 'text') return text;
  const read = literalEval(text);
  const value = read === undefined ? text : read;
  const isNumber = typeof value !== 'boolean' && asNumber(value) !== undefined;
  if ((marking === 'bool' && typeof value !== 'boolean') || (marking === 'number' && !isNumber)) {
    throw new TemplateError(`Could not convert value '${text}' into type '${marking}'`, 'CompilationError');
  }
  return value;
}
