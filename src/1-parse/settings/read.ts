import type { Diagnostic, TemplateFunction, YamlEnvironment } from '../../core/index.ts';
import type { Scope } from '../../jinja/index.ts';
import type { ProjectSettings, SelectorDefinition } from '../project.ts';
import { readCatalogs } from './catalogs.ts';
import { readPackages } from './packages.ts';
import type { ProjectFile } from './project-file.ts';
import { readSelectors } from './selectors.ts';
import { readSettings } from './settings.ts';
import { yamlScope } from './yaml-scope.ts';

export interface ReadProjectRequest {
  /** Of `openProjectFile`. */
  readonly file: ProjectFile;
  readonly environment: YamlEnvironment;
  readonly functions: ReadonlyMap<string, TemplateFunction>;
  /** Told of every environment variable that is read. Default: `environment.env`. */
  readonly readEnv?: (name: string) => string | undefined;
  /** Default true; `--no-version-check` makes it false. */
  readonly versionCheck?: boolean | undefined;
  /** `--target-path`. */
  readonly targetPath?: string | undefined;
  /** Whether the installed packages are read too. Default true. */
  readonly withPackages?: boolean | undefined;
}

export interface ReadProjectResult {
  /** Undefined where the project file cannot be used; `diagnostics` says why. */
  readonly settings: ProjectSettings | undefined;
  /** Settings of every package by name, the root project's included and first. */
  readonly packages: ReadonlyMap<string, ProjectSettings>;
  readonly selectors: ReadonlyMap<string, SelectorDefinition>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads what stands around the models: the project file, those of the installed packages, `selectors.yml` and `catalogs.yml`. */
export function readProject(request: ReadProjectRequest): ReadProjectResult {
  const { file, environment, functions, readEnv } = request;
  const scope = yamlScope({ functions, environment, ...(readEnv ? { readEnv } : {}) });
  const { targetPath, versionCheck = true, withPackages = true } = request;
  const { settings, diagnostics } = readSettings(file, { scope, versionCheck, targetPath });
  if (settings === undefined) return { settings, packages: new Map(), selectors: new Map(), diagnostics };
  const listScope = packageListScope(request);
  const installed = withPackages
    ? readPackages(settings, { scope, listScope, versionCheck })
    : { packages: [], diagnostics: [] };
  const { selectors, diagnostics: selectorDiagnostics } = readSelectors(file.root, scope);
  const { catalogs, diagnostics: catalogDiagnostics } = readCatalogs(file.root, scope);
  const root = { ...settings, catalogs };
  return {
    settings: root,
    packages: new Map([[root.name, root], ...installed.packages]),
    selectors,
    diagnostics: [...diagnostics, ...installed.diagnostics, ...selectorDiagnostics, ...catalogDiagnostics],
  };
}

/** The names that templates in a list of packages can use: as in the project file, and secrets. */
export function packageListScope({
  environment,
  functions,
}: Pick<ReadProjectRequest, 'environment' | 'functions'>): Scope {
  return yamlScope({ functions, environment, secretsAllowed: true });
}
