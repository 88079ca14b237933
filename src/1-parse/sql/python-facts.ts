import type { Json, JsonObject } from '../../core/index.ts';
import { mergeConfigCall } from '../config/merge.ts';
import { strip } from '../files/strip.ts';
import type { PackedCalls, SqlFacts } from './sql-facts.ts';
import { staticCalls } from './static-calls.ts';

const call = /\bdbt\s*\.\s*(ref|source|config)\s*\(/g;

/**
 * What a Python model, or function, says by itself: `dbt.ref()`, `dbt.source()` and `dbt.config()` with literal arguments. Running
 * such models is for adapters that can; until then they are known, so that what reads them has a meaning.
 *
 * @param byDefault the materialization of what names none.
 */
export function pythonFacts(text: string, file: string, byDefault: 'table' | 'function'): SqlFacts {
  const code = strip(text);
  const start = text.indexOf(code);
  const refs: NonNullable<PackedCalls['refs']>[number][] = [];
  const sources: NonNullable<PackedCalls['sources']>[number][] = [];
  let config: JsonObject = {};
  for (const match of withoutComments(text).matchAll(call)) {
    const found = readCall(text, file, match.index + match[0].length - 1, match[1] ?? '');
    if (found === undefined) continue;
    const span = [match.index, found.end] as const;
    for (const { name, package: from, version } of found.calls.refs) refs.push([name, from, version, ...span]);
    for (const { source, table } of found.calls.sources) sources.push([source, table, ...span]);
    if (found.calls.config) config = mergeConfigCall(config, found.calls.config);
  }
  const materialized: Json = config.materialized ?? byDefault;
  return {
    kind: 'sql',
    start,
    length: code.length,
    language: 'python',
    calls: { refs, sources, config: { ...config, materialized } },
  };
}

/** The call whose bracket opens at `open`, read as if it stood in a template: literals are the same in both. */
function readCall(
  text: string,
  file: string,
  open: number,
  name: string,
): { readonly calls: NonNullable<ReturnType<typeof staticCalls>>; readonly end: number } | undefined {
  for (let close = text.indexOf(')', open); close >= 0; close = text.indexOf(')', close + 1)) {
    const written = withoutComments(text.slice(open, close + 1));
    const calls = staticCalls(`{{ ${name}${written} }}`, file);
    if (calls !== undefined) return { calls, end: close + 1 };
    if (close - open > 4000) return undefined;
  }
  return undefined;
}

/** Comments as blanks, so that offsets stay. */
function withoutComments(text: string): string {
  return text.replace(
    /("[^"\n]*"|'[^'\n]*')|#[^\n]*/g,
    (whole, literal?: string) => literal ?? ' '.repeat(whole.length),
  );
}
