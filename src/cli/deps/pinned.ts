import type { PackageEntry } from '../../1-parse/index.ts';
import type { JsonObject } from '../../core/index.ts';
import type { Scope } from '../../jinja/index.ts';
import type { Level } from '../reporters/line.ts';

/** A package of which it is certain what will be installed. */
export interface Pinned {
  /** Its name in its own project file: that of its folder. */
  readonly projectName: string;
  /** The packages that it needs itself. */
  readonly packages: readonly PackageEntry[];
  /** What stands for it in the lock file, without the name. */
  readonly lock: JsonObject;
  /** As messages say it: `version 1.3.0`, `revision 1a2b3c…`, `<local @ ../shared>`. */
  readonly title: string;
  /** The newest version that would do, where it is another one than that of the package list. */
  readonly newer?: string | undefined;
  /** Puts its files into a folder that does not exist yet. */
  install(destination: string): Promise<void>;
}

/** What pinning works with. */
export interface DepsContext {
  /** Absolute path of the project. */
  readonly root: string;
  /** What templates in lists of packages can use. */
  readonly scope: Scope;
  /** An empty folder for what is fetched; deleted in the end. */
  readonly downloads: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Whether versions of the hub have to fit the dbt version whose behaviour Ingot has. */
  readonly versionCheck: boolean;
  readonly say: (level: Level, text: string) => void;
}
