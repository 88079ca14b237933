import type { Environment } from './activation.ts';
import { fromJs } from './convert.ts';
import { createEnvironment } from './environment.ts';
import type { Segment } from './map.ts';
import type { RenderOptions } from './render.ts';
import { renderMapped, renderMappedAsync, renderTemplate, renderTemplateAsync } from './render.ts';
import type { Template } from './template.ts';
import { parseTemplate } from './template.ts';
import type { Value } from './values.ts';

/** Options of `render` and `renderAsync`. */
export interface RenderTextOptions {
  /** The template's name in error positions. Default: `<template>`. */
  readonly file?: string;
  /** More filters, as JS functions of the value and the arguments. */
  readonly filters?: Readonly<Record<string, (...args: never[]) => unknown>>;
  /** More tests, as JS functions that return a boolean. */
  readonly tests?: Readonly<Record<string, (...args: never[]) => unknown>>;
  /** Called with the map from spans of the output to places in the template. Rendering is slower with it. */
  readonly map?: (segments: readonly Segment[]) => void;
  /** A number from 0 to below 1, for the `random` filter, which fails without it: `Math.random`. */
  readonly random?: () => number;
  /** How deep macro calls may nest. Default: 910, which the stack of every version of Node holds. */
  readonly maxDepth?: number;
}

const PLAIN_ENVIRONMENT = createEnvironment({ localMacros: true });

function environmentOf({ filters, tests }: RenderTextOptions): Environment {
  if (filters === undefined && tests === undefined) return PLAIN_ENVIRONMENT;
  const convert = (functions: RenderTextOptions['filters']): Record<string, Value> =>
    Object.fromEntries(Object.entries(functions ?? {}).map(([name, body]) => [name, fromJs(body)]));
  return createEnvironment({ localMacros: true, filters: convert(filters), tests: convert(tests) });
}

function prepare(
  source: string | Template,
  context: Readonly<Record<string, unknown>>,
  options: RenderTextOptions,
): [Template, RenderOptions] {
  const template =
    typeof source === 'string'
      ? parseTemplate(source, options.file === undefined ? {} : { file: options.file })
      : source;
  const known = new Map<string, Value>();
  const lookup = (name: string): Value | undefined => {
    if (!Object.hasOwn(context, name)) return undefined;
    let value = known.get(name);
    if (value === undefined) {
      value = fromJs(context[name]);
      known.set(name, value);
    }
    return value;
  };
  return [
    template,
    { scope: { lookup }, environment: environmentOf(options), maxDepth: options.maxDepth, random: options.random },
  ];
}

/**
 * Renders Jinja text with plain JS data: `render('{{ x + 1 }}', { x: 1 })`.
 *
 * @param context data and functions; functions get JS arguments, keyword arguments as one last object.
 * @throws TemplateError with file, line and column.
 */
export function render(
  source: string | Template,
  context: Readonly<Record<string, unknown>> = {},
  options: RenderTextOptions = {},
): string {
  const [template, settings] = prepare(source, context, options);
  if (options.map === undefined) return renderTemplate(template, settings);
  const { text, segments } = renderMapped(template, settings);
  options.map(segments);
  return text;
}

/** As `render`, waiting for functions of the context that return Promises. */
export async function renderAsync(
  source: string | Template,
  context: Readonly<Record<string, unknown>> = {},
  options: RenderTextOptions = {},
): Promise<string> {
  const [template, settings] = prepare(source, context, options);
  if (options.map === undefined) return renderTemplateAsync(template, settings);
  const { text, segments } = await renderMappedAsync(template, settings);
  options.map(segments);
  return text;
}
