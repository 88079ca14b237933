import type { JsonObject } from '../../core/index.ts';
import { strip } from '../files/strip.ts';
import type { Captured } from './captured.ts';
import { staticCalls } from './static-calls.ts';

/** What the text of a model, singular test or analysis says by itself. */
export interface SqlFacts {
  readonly kind: 'sql';
  /** Where the code starts in the file and how long it is: blanks around it are none of it. */
  readonly start: number;
  readonly length: number;
  /** Default `sql`. */
  readonly language?: 'python';
  /** Undefined: it has to be rendered. */
  readonly calls?: PackedCalls | undefined;
}

export interface SnapshotFileFacts {
  readonly kind: 'snapshots';
  readonly blocks: readonly SnapshotFacts[];
}

/** One `{% snapshot %}` block. */
export interface SnapshotFacts {
  readonly name: string;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly start: number;
  readonly end: number;
  readonly calls?: PackedCalls | undefined;
}

/** `Captured` in few characters, for the cache. Spans without a file are in the file itself. */
export interface PackedCalls {
  readonly refs?:
    | readonly (readonly [string, string | null, string | number | null, number, number, string?])[]
    | undefined;
  readonly sources?: readonly (readonly [string, string, number, number, string?])[] | undefined;
  readonly config?: JsonObject | undefined;
  readonly configSpan?: readonly [number, number, string?] | undefined;
  readonly macros?: readonly string[] | undefined;
  readonly metrics?: readonly (readonly string[])[] | undefined;
  readonly functions?: readonly (readonly string[])[] | undefined;
}

export function sqlFacts(text: string, file: string): SqlFacts {
  const code = strip(text);
  const start = text.indexOf(code);
  const calls = staticCalls(text, file);
  return { kind: 'sql', start, length: code.length, calls: calls && packCalls(calls, file) };
}

export function packCalls(captured: Captured, file: string): PackedCalls {
  const other = (name: string): readonly [string?] => (name === file ? [] : [name]);
  const { refs, sources, config, configSpan, macros, metrics, functions } = captured;
  return {
    refs: filled(refs)?.map(
      ({ name, package: from, version, span }) =>
        [name, from, version, span.start, span.end, ...other(span.file)] as const,
    ),
    sources: filled(sources)?.map(
      ({ source, table, span }) => [source, table, span.start, span.end, ...other(span.file)] as const,
    ),
    config,
    configSpan: configSpan && [configSpan.start, configSpan.end, ...other(configSpan.file)],
    macros: filled(macros),
    metrics: filled(metrics),
    functions: filled(functions),
  };
}

/** Empty lists are not kept. */
function filled<Item>(list: readonly Item[] | undefined): readonly Item[] | undefined {
  return list && list.length > 0 ? list : undefined;
}

export function unpackCalls(packed: PackedCalls, file: string): Captured {
  return {
    refs: (packed.refs ?? []).map(([name, packageName, version, start, end, other]) => ({
      name,
      package: packageName,
      version,
      span: { file: other ?? file, start, end },
    })),
    sources: (packed.sources ?? []).map(([source, table, start, end, other]) => ({
      source,
      table,
      span: { file: other ?? file, start, end },
    })),
    config: packed.config,
    configSpan: packed.configSpan && {
      file: packed.configSpan[2] ?? file,
      start: packed.configSpan[0],
      end: packed.configSpan[1],
    },
    macros: packed.macros ?? [],
    metrics: packed.metrics,
    functions: packed.functions,
  };
}
