import type { z } from 'zod';
import type { DataPath } from './data-path.ts';

/** The keys that the schema knows at a path, for the did-you-mean; of unions, those of all branches. */
export function knownKeys(schema: z.ZodType, path: DataPath): readonly string[] {
  let schemas: readonly Definition[] = unwrap(schema as unknown as WithDefinition);
  for (const step of path) schemas = schemas.flatMap((definition) => child(definition, step));
  return [...new Set(schemas.flatMap((definition) => Object.keys(definition.shape ?? {})))];
}

/** The part of a zod schema's definition that is needed to follow a path. */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, WithDefinition>>;
  readonly element?: WithDefinition;
  readonly valueType?: WithDefinition;
  readonly innerType?: WithDefinition;
  readonly in?: WithDefinition;
  readonly options?: readonly WithDefinition[];
  readonly getter?: () => WithDefinition;
}

interface WithDefinition {
  readonly def: Definition;
}

function unwrap(schema: WithDefinition): readonly Definition[] {
  const { def } = schema;
  if (def.getter) return unwrap(def.getter());
  if (def.innerType) return unwrap(def.innerType);
  if (def.in) return unwrap(def.in);
  if (def.options) return def.options.flatMap(unwrap);
  return [def];
}

function child(definition: Definition, step: string | number): readonly Definition[] {
  const next = typeof step === 'number' ? definition.element : (definition.shape?.[step] ?? definition.valueType);
  return next ? unwrap(next) : [];
}
