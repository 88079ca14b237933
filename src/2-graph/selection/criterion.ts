import type { Json } from '../../core/index.ts';
import { didYouMeanHint, error, Problem } from '../../core/index.ts';
import type { IndirectSelection } from './request.ts';

/** Everything that can stand before the colon of a criterion; `layer` is our own. */
const methodNames = [
  'fqn',
  'tag',
  'group',
  'access',
  'source',
  'path',
  'file',
  'package',
  'config',
  'test_name',
  'test_type',
  'resource_type',
  'state',
  'exposure',
  'metric',
  'result',
  'source_status',
  'version',
  'semantic_model',
  'saved_query',
  'unit_test',
  'layer',
] as const;

export type MethodName = (typeof methodNames)[number];

/** One `method:value` with its graph operators. */
export interface Criterion {
  readonly kind: 'criterion';
  /** As written, for messages. */
  readonly raw: string;
  readonly method: MethodName;
  /** What stands behind the dot: `config.materialized:table` → `['materialized']`. */
  readonly arguments: readonly string[];
  /** Text on a command line; any YAML value in a selector. */
  readonly value: Json;
  /** `@` in front. */
  readonly childrensParents: boolean;
  readonly parents: boolean;
  /** Undefined: without end. */
  readonly parentsDepth: number | undefined;
  readonly children: boolean;
  readonly childrenDepth: number | undefined;
  readonly indirectSelection: IndirectSelection;
}

/** Reads a criterion as it stands on a command line: `@`, `2+`, `tag:`, the value, `+1`. Throws `Problem`. */
export function parseCriterion(raw: string, indirectSelection: IndirectSelection): Criterion {
  const match = /^(@)?((\d*)\+)?(?:([\p{L}\p{N}_.]+):)?(.*?)(\+(\d*))?$/u.exec(raw);
  if (match === null) throw new Problem(error('graph/invalid-selection', `Invalid selector spec "${raw}"`));
  const [, at, parents, parentsDepth, method, value = '', children, childrenDepth] = match;
  if (at && children) {
    throw new Problem(
      error('graph/invalid-selection', `Invalid node spec ${raw}: "@" prefix and "+" suffix are incompatible`, {
        hint: `'@' already stands for children and their parents: leave out the '+'`,
      }),
    );
  }
  return {
    kind: 'criterion',
    raw,
    ...parseMethod(method ?? defaultMethod(value)),
    value,
    childrensParents: at !== undefined,
    parents: parents !== undefined,
    parentsDepth: depth(parentsDepth),
    children: children !== undefined,
    childrenDepth: depth(childrenDepth),
    indirectSelection,
  };
}

/** Splits `config.meta.owner` into the method and its arguments. Throws `Problem` for a method that does not exist. */
export function parseMethod(written: string): Pick<Criterion, 'method' | 'arguments'> {
  const [name = '', ...rest] = written.split('.');
  const method = methodNames.find((known) => known === name);
  if (method === undefined) {
    throw new Problem(
      error('graph/unknown-selection-method', `'${name}' is not a valid method name`, {
        hint:
          name === 'selector'
            ? 'A YAML selector is chosen with --selector NAME'
            : (didYouMeanHint(name, methodNames) ?? `The methods are ${methodNames.join(', ')}`),
      }),
    );
  }
  return { method, arguments: rest };
}

/** What a value without a method means: a path where it has a slash, a file by its ending, else a name. */
function defaultMethod(value: string): MethodName {
  if (value.includes('/')) return 'path';
  return /\.(sql|py|csv)$/i.test(value) ? 'file' : 'fqn';
}

function depth(digits: string | undefined): number | undefined {
  return digits ? Number(digits) : undefined;
}
