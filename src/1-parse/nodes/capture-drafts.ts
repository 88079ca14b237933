import type { CodeNode, Json } from '../../core/index.ts';
import type { KeptRendering } from '../files/file-facts.ts';
import type { LoadedFile } from '../files/load-files.ts';
import { capture } from '../rendering/capture.ts';
import { stillValid } from '../rendering/still-valid.ts';
import type { Captured } from '../sql/captured.ts';
import { type PackedCalls, packCalls, unpackCalls } from '../sql/sql-facts.ts';
import { staticCalls } from '../sql/static-calls.ts';
import { provisionalNode } from './code-node.ts';
import type { Draft } from './draft.ts';
import type { Linking } from './linking.ts';

/** Learns what drafts refer to, rendering as few as possible. */
export interface Capturer {
  capture(draft: Draft): Captured;
  /** The renderings to keep, by file. */
  readonly kept: ReadonlyMap<LoadedFile, Readonly<Record<string, KeptRendering>>>;
  /** How many templates were rendered. */
  readonly rendered: number;
}

const telling = ['ref', 'source', 'config'];

export function createCapturer(linking: Linking): Capturer {
  const kept = new Map<LoadedFile, Record<string, KeptRendering>>();
  const meanings = new Map<string, string>();
  const overridden = new Map<string, boolean>();
  let rendered = 0;
  const keep = (draft: Draft, rendering: KeptRendering): void => {
    if (draft.file === undefined) return;
    const others = kept.get(draft.file);
    if (others === undefined) kept.set(draft.file, { [draft.block]: rendering });
    else others[draft.block] = rendering;
  };
  /** A project may have macros in place of `ref`, `source` and `config`; then calls do not say what they seem to. */
  const overrides = (packageName: string): boolean => {
    let result = overridden.get(packageName);
    if (result === undefined) {
      result = telling.some((name) => linking.world.search.find(packageName, name) !== undefined);
      overridden.set(packageName, result);
    }
    return result;
  };
  return {
    kept,
    get rendered() {
      return rendered;
    },
    capture(draft) {
      const { file } = draft.definition;
      if (!overrides(draft.packageName)) {
        if (draft.calls !== undefined) return unpackCalls(draft.calls, file);
        const calls = draft.file === undefined ? staticCalls(draft.rawCode(), file) : undefined;
        if (calls !== undefined)
          return { ...calls, refs: moved(calls.refs, draft), sources: moved(calls.sources, draft) };
      }
      const before = draft.file?.record.renderings?.[draft.block];
      if (before !== undefined && stillValid(linking.world, draft.packageName, before.reads, meanings)) {
        for (const diagnostic of before.diagnostics ?? []) linking.report(diagnostic);
        keep(draft, before);
        return unpackCalls(before.calls as PackedCalls, file);
      }
      rendered += 1;
      const { captured, diagnostics, reads } = renderDraft(linking, draft);
      for (const diagnostic of diagnostics) linking.report(diagnostic);
      const calls = packCalls(captured, file) as unknown as Json;
      keep(draft, { calls, reads, ...(diagnostics.length > 0 ? { diagnostics } : {}) });
      return captured;
    },
  };
}

function renderDraft(linking: Linking, draft: Draft): ReturnType<typeof capture> {
  const { file, start, end } = draft.definition;
  // A hook's text need not stand in the project file as it is: YAML has quotes and folds.
  const text = draft.file === undefined ? ' '.repeat(start) + draft.rawCode() : draft.file.record.detail.read();
  const { database, schema } = linking.world.environment.target;
  let node: CodeNode | undefined;
  return capture(linking.world, {
    text,
    start,
    end: draft.file === undefined ? text.length : end,
    file,
    node: () => {
      node ??= provisionalNode(linking, draft);
      return node;
    },
    self: { database, schema, identifier: draft.name },
    packageName: draft.packageName,
  });
}

function moved<Item extends { readonly span: { readonly file: string; readonly start: number; readonly end: number } }>(
  items: readonly Item[],
  { definition }: Draft,
): readonly Item[] {
  return items.map((item) => ({
    ...item,
    span: { file: item.span.file, start: item.span.start + definition.start, end: item.span.end + definition.start },
  }));
}
