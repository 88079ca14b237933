import { remembered } from '../../remembered.ts';
import {
  type CallArgument,
  type CallTyping,
  type FunctionCatalogue,
  type SqlFunction,
  typeOfCall,
} from '../../types/index.ts';
import type { AnalysisDialect } from '../context.ts';

/** What comes of a call that stands where a value does. */
export function typeOfValueCall(dialect: AnalysisDialect, name: string, call: readonly CallArgument[]): CallTyping {
  return typeOfCall(halvesOf(dialect).values, name, call);
}

/** The function of a name that gives a value. */
export const valueFunction = (dialect: AnalysisDialect, name: string): SqlFunction | undefined =>
  halvesOf(dialect).values.functions.find(name);

/** What comes of a call that stands where a table does. */
export function typeOfTableCall(dialect: AnalysisDialect, name: string, call: readonly CallArgument[]): CallTyping {
  return typeOfCall(halvesOf(dialect).tables, name, call);
}

interface Halves {
  readonly values: AnalysisDialect;
  readonly tables: AnalysisDialect;
}

const known = new WeakMap<AnalysisDialect, Halves>();

/** A name can be a function of both kinds, with other signatures. */
function halvesOf(dialect: AnalysisDialect): Halves {
  return remembered(known, dialect, () => ({
    values: { ...dialect, functions: only(dialect.functions, ({ kind }) => kind !== 'table') },
    tables: { ...dialect, functions: only(dialect.functions, ({ kind }) => kind === 'table') },
  }));
}

function only(
  functions: FunctionCatalogue,
  fits: (signature: SqlFunction['signatures'][number]) => boolean,
): FunctionCatalogue {
  const found = new Map<string, SqlFunction | undefined>();
  const find = (name: string): SqlFunction | undefined => {
    const key = name.toLowerCase();
    if (!found.has(key)) {
      const whole = functions.find(key);
      const signatures = whole?.signatures.filter(fits) ?? [];
      found.set(key, whole && signatures.length > 0 ? { ...whole, signatures } : undefined);
    }
    return found.get(key);
  };
  return { ...functions, find };
}
