import { error, isMapping, type Json, type JsonObject } from '../../core/index.ts';
import type { YamlPath } from '../yaml/index.ts';
import type { ReadContext } from './context.ts';
import type { DescribedContent } from './facts.ts';

/** `arguments:` and `returns:` of a function: each needs a type. */
export function readSignature(
  context: ReadContext,
  entry: JsonObject,
  path: YamlPath,
): Pick<DescribedContent, 'arguments' | 'returns'> {
  const written = Array.isArray(entry.arguments) ? (entry.arguments as readonly Json[]) : [];
  const owner = `the function '${String(entry.name)}'`;
  for (const [index, argument] of written.entries()) {
    if (!isMapping(argument)) continue;
    for (const key of ['name', 'data_type']) {
      if (typeof argument[key] === 'string') continue;
      missing(context, [...path, 'arguments', index], `An argument of ${owner} needs '${key}'`);
    }
  }
  const { returns } = entry;
  if (!isMapping(returns)) missing(context, path, `T${owner.slice(1)} needs 'returns' with a 'data_type'`);
  else if (typeof returns.data_type !== 'string') {
    missing(context, [...path, 'returns'], `'returns' of ${owner} needs 'data_type'`);
  }
  return {
    arguments: written.filter(isMapping),
    ...(isMapping(returns) ? { returns } : {}),
  };
}

function missing(context: ReadContext, path: YamlPath, message: string): void {
  context.report(error('parse/missing-key', message, { span: context.span(path) }));
}
