import { error, type FunctionNode, type JsonObject } from '../../core/index.ts';
import type { Draft } from './draft.ts';
import type { Linking } from './linking.ts';
import type { Patch } from './patch.ts';

/** What properties say of a function's arguments and result. A function without properties is an error, as in dbt. */
export function functionSignature(
  linking: Linking,
  draft: Draft,
  patch: Patch | undefined,
): Pick<FunctionNode, 'arguments' | 'returns'> {
  if (patch === undefined) {
    linking.report(
      error('parse/function-returns', `Nothing says what the function '${draft.name}' returns`, {
        span: { ...draft.definition, end: draft.definition.start },
        hint: `Describe it in a properties file: functions: [{name: ${draft.name}, returns: {data_type: …}}]`,
      }),
    );
    return { arguments: [], returns: null };
  }
  const describer = linking.describer(patch.file.found.packageName);
  const described = (part: JsonObject): JsonObject => ({
    ...part,
    description: typeof part.description === 'string' ? describer.text(part.description) : null,
  });
  const { arguments: parameters = [], returns } = patch.content;
  return {
    arguments: parameters.map((one) => ({ ...described(one), default_value: one.default_value ?? null })),
    returns: returns ? described(returns) : null,
  };
}
