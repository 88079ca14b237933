import type { ReadManifest } from '../../6-record/index.ts';
import type { Diagnostic, ReviewedState } from '../../core/index.ts';

/** Which state the project is compared with. One of the two is given. */
export interface BaseRequest {
  /**
   * `--base`: a branch, a tag or a commit. The project is read as it was where the work tree left it, which is what hosts
   * of code show of a pull request.
   */
  readonly ref?: string | undefined;
  /** `--state`: a folder with a `manifest.json`, or an address that a plain fetch reaches (`https:`, `http:`, `file:`). */
  readonly state?: string | undefined;
}

/** A state of the project that was opened for comparison. */
export type OpenBase = FolderBase | ManifestBase;

/** The project's files at a commit, in a folder that is gone when nobody needs it any more. */
export interface FolderBase {
  readonly kind: 'folder';
  readonly state: ReviewedState;
  /** Absolute path of the project's folder there. */
  readonly projectDir: string;
  /** What has to be said of it: packages that are not as they were, for example. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What an earlier command wrote about the project. */
export interface ManifestBase {
  readonly kind: 'manifest';
  readonly state: ReviewedState;
  readonly manifest: ReadManifest;
  readonly diagnostics: readonly Diagnostic[];
}
