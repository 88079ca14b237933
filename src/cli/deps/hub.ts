import { renameSync } from 'node:fs';
import semver from 'semver';
import { z } from 'zod';
import { type HubPackage, packageEntries, satisfiesVersion } from '../../1-parse/index.ts';
import { didYouMeanHint, error, type Json, Problem } from '../../core/index.ts';
import { fetchJson } from './download.ts';
import type { DepsContext, Pinned } from './pinned.ts';
import { unpack } from './tarball.ts';

const defaultHub = 'https://hub.getdbt.com/';

const release = z.looseObject({
  name: z.string(),
  packages: z.array(z.unknown()).nullish(),
  downloads: z.looseObject({ tarball: z.string() }),
  require_dbt_version: z.union([z.string(), z.array(z.string())]).nullish(),
});
const packagePage = z.looseObject({
  name: z.string(),
  namespace: z.string().nullish(),
  redirectname: z.string().nullish(),
  redirectnamespace: z.string().nullish(),
  versions: z.record(z.string(), release),
});

/** The hub of packages: what it says is asked for once. */
export class Hub {
  readonly #base: string;
  readonly #context: DepsContext;
  readonly #pages = new Map<string, Promise<z.infer<typeof packagePage>>>();
  #index: Promise<readonly string[]> | undefined;

  /** `DBT_PACKAGE_HUB_URL` names another hub. */
  constructor(context: DepsContext) {
    const base = context.env.DBT_PACKAGE_HUB_URL || defaultHub;
    this.#base = base.endsWith('/') ? base : `${base}/`;
    this.#context = context;
  }

  /** The newest version that fulfils all comparisons. */
  async pin(entry: HubPackage): Promise<Pinned> {
    const range = rangeOf(entry);
    await this.#checkName(entry);
    const { versions } = await this.#page(entry.name);
    const installable = this.#installable(entry, versions);
    const version = semver.maxSatisfying(installable, range, { includePrerelease: true });
    if (version === null) throw noVersion(entry, installable);
    const found = versions[version] as z.infer<typeof release>;
    const latest = installable.at(-1);
    return {
      projectName: found.name,
      packages: this.#entriesOf(entry.name, found.packages ?? []),
      lock: { package: entry.name, version },
      title: `version ${version}`,
      newer: latest === version ? undefined : latest,
      install: async (destination) => {
        const name = `${entry.name.replace('/', '_')}-${version}`;
        renameSync(await unpack(found.downloads.tarball, name, this.#context), destination);
      },
    };
  }

  #entriesOf(name: string, list: readonly unknown[]): Pinned['packages'] {
    const source = {
      text: JSON.stringify({ packages: list }),
      file: `the hub's page of ${name}`,
      scope: this.#context.scope,
    };
    const { entries, diagnostics } = packageEntries(list as readonly Json[], source);
    if (diagnostics.length > 0) throw new Problem(...diagnostics);
    return entries;
  }

  async #checkName({ name, span }: HubPackage): Promise<void> {
    this.#index ??= this.#fetch('index', z.array(z.string()));
    const known = await this.#index;
    if (known.includes(name)) return;
    throw new Problem(
      error('cli/unknown-package', `The hub has no package '${name}'`, { span, hint: didYouMeanHint(name, known) }),
    );
  }

  async #page(name: string): Promise<z.infer<typeof packagePage>> {
    let page = this.#pages.get(name);
    if (page) return page;
    page = this.#fetch(name, packagePage);
    this.#pages.set(name, page);
    const { redirectname, redirectnamespace, namespace, name: shortName } = await page;
    if (redirectname || redirectnamespace) {
      const now = `${redirectnamespace ?? namespace}/${redirectname ?? shortName}`;
      this.#context.say('warn', `The package '${name}' is now '${now}': change your list of packages`);
    }
    return page;
  }

  async #fetch<T>(name: string, shape: z.ZodType<T>): Promise<T> {
    const url = `${this.#base}api/v1/${name}.json`;
    const result = shape.safeParse(await fetchJson(url, this.#context.signal));
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    throw new Problem(
      error('cli/hub-answer', `The hub's answer cannot be used: ${url}: ${issue?.path.join('.')}: ${issue?.message}`, {
        hint: 'Look at DBT_PACKAGE_HUB_URL, if it is set',
      }),
    );
  }

  /** Versions that may be taken, the newest last. */
  #installable(entry: HubPackage, versions: z.infer<typeof packagePage>['versions']): string[] {
    const wanted = entry.prerelease || entry.versions.some((text) => text.includes('-'));
    return Object.entries(versions)
      .filter(([version]) => semver.valid(version) && (wanted || semver.prerelease(version) === null))
      .filter(([, { require_dbt_version: required }]) => {
        return !this.#context.versionCheck || !required || satisfiesVersion(required) !== false;
      })
      .map(([version]) => version)
      .sort(semver.compare);
  }
}

/** Several comparisons all have to hold. */
function rangeOf({ versions, span }: HubPackage): string {
  const range = versions.flatMap((text) => text.split(',')).join(' ');
  if (semver.validRange(range) !== null) return range;
  throw new Problem(
    error('cli/package-version', `'${versions.join(', ')}' is no version`, {
      span,
      hint: "For example: '1.3.0', or ['>=1.0.0', '<2.0.0']",
    }),
  );
}

function noVersion({ name, versions, span }: HubPackage, known: readonly string[]): Problem {
  const newest = known.slice(-5).join(', ');
  return new Problem(
    error('cli/package-version', `No version of '${name}' fulfils ${versions.join(', ')}`, {
      span,
      hint: newest === '' ? 'No version fits this dbt version; see --no-version-check' : `The newest are ${newest}`,
    }),
  );
}
