import { findSameCode } from '../../3-compile/index.ts';
import type { ReadManifest } from '../../6-record/index.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import { baseOfManifest } from './base-manifest.ts';

/** Nodes whose code says what it said in a manifest, though its text, or a macro's, is another. */
export function sameCodeAs(manifest: ReadManifest, loaded: Loaded): Promise<ReadonlySet<string>> {
  return findSameCode(baseOfManifest(manifest, loaded), loaded);
}
