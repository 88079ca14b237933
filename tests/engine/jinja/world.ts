import type { Scope, Value } from '../../../src/jinja/index.ts';
import { hostFunction, makeMacro, parseTemplate, TemplateError } from '../../../src/jinja/index.ts';

/** A small host: macros of several files by name, and plain values. */
export function world(
  files: Record<string, string> = {},
  values: Record<string, Value> = {},
): Scope & { names: Map<string, Value> } {
  const names = new Map(Object.entries(values));
  for (const [file, text] of Object.entries(files)) {
    for (const block of parseTemplate(text, { file }).blocks) names.set(block.fullName, makeMacro(block));
  }
  return { names, lookup: (name) => names.get(name) };
}

/** A host function that answers later with what it was given. */
export const later = hostFunction('later', async (args) => {
  await new Promise((resolve) => setTimeout(resolve, typeof args[1] === 'number' ? args[1] : 0));
  return args[0] ?? null;
});

/** The TemplateError that a function throws. */
export function errorOf(run: () => unknown): TemplateError {
  try {
    run();
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** The TemplateError that a promise is rejected with. */
export async function rejectionOf(promise: Promise<unknown>): Promise<TemplateError> {
  const [outcome] = await Promise.allSettled([promise]);
  if (outcome.status === 'fulfilled') throw new Error('nothing was thrown');
  if (outcome.reason instanceof TemplateError) return outcome.reason;
  throw outcome.reason;
}
