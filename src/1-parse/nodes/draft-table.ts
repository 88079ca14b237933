import { error } from '../../core/index.ts';
import type { Captured } from '../sql/captured.ts';
import type { Draft, DraftType } from './draft.ts';
import type { Linking } from './linking.ts';
import type { Patch } from './patch.ts';

/** A draft on its way to become a node. */
export interface Drafted {
  draft: Draft;
  readonly captured: Captured;
  /** What project files and its own `config()` say; properties may still change it. */
  readonly enabled: boolean;
  patch: Patch | undefined;
}

const refable: ReadonlySet<DraftType> = new Set(['model', 'seed', 'snapshot']);

/** Finds drafts by the names under which properties speak of them. */
export class DraftTable {
  readonly all: Drafted[] = [];
  readonly #enabled = new Map<string, Drafted[]>();
  readonly #disabled = new Map<string, Drafted[]>();

  /** Adds a draft; two enabled ones with one id are an error. */
  add(linking: Linking, drafted: Drafted): void {
    const { draft } = drafted;
    const table = drafted.enabled ? this.#enabled : this.#disabled;
    const known = table.get(draft.name);
    if (drafted.enabled) {
      const first = known?.find((other) => other.draft.uniqueId === draft.uniqueId);
      if (first !== undefined) {
        reportDuplicate(linking, draft, first.draft);
        return;
      }
    }
    if (known === undefined) table.set(draft.name, [drafted]);
    else known.push(drafted);
    this.all.push(drafted);
  }

  /** A model, seed or snapshot: of the package itself, else of any other. */
  refable(name: string, packageName: string): Drafted | undefined {
    const named = this.#enabled.get(name)?.filter(({ draft }) => refable.has(draft.type));
    return named?.find(({ draft }) => draft.packageName === packageName) ?? named?.[0];
  }

  enabled(type: DraftType, name: string, packageName?: string): Drafted | undefined {
    const named = this.#enabled.get(name)?.filter(({ draft }) => draft.type === type);
    return packageName === undefined ? named?.[0] : named?.find(({ draft }) => draft.packageName === packageName);
  }

  disabled(type: DraftType, name: string, packageName?: string): readonly Drafted[] {
    const named = this.#disabled.get(name)?.filter(({ draft }) => draft.type === type) ?? [];
    return packageName === undefined ? named : named.filter(({ draft }) => draft.packageName === packageName);
  }

  names(type: DraftType): readonly string[] {
    return this.all.filter(({ draft }) => draft.type === type).map(({ draft }) => draft.name);
  }
}

function reportDuplicate(linking: Linking, draft: Draft, first: Draft): void {
  const message = `Two ${draft.type}s of package '${draft.packageName}' are named '${draft.name}': ${first.originalPath} and ${draft.originalPath}`;
  linking.report(
    error(`parse/duplicate-${draft.type}`, message, {
      span: { file: draft.definition.file, start: draft.definition.start, end: draft.definition.start },
      hint: 'Rename one of the files, or disable one of the two',
      notes: [
        {
          message: 'the other is here',
          span: { file: first.definition.file, start: first.definition.start, end: first.definition.start },
        },
      ],
    }),
  );
}
