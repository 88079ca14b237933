import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import {
  type Catalog,
  type Catalogs,
  type Diagnostic,
  didYouMeanHint,
  error,
  type JsonObject,
} from '../../core/index.ts';
import type { Scope } from '../../jinja/index.ts';
import { readText } from '../files/read-text.ts';
import { check, locate, readYaml, renderYaml } from '../yaml/index.ts';
import { catalogsSchema } from './schema.ts';

export interface CatalogsResult {
  readonly catalogs: Catalogs;
  readonly diagnostics: readonly Diagnostic[];
}

const file = 'catalogs.yml';

/** Reads `catalogs.yml`, if there is one: of each catalog the write integration that is active. */
export function readCatalogs(root: string, scope: Scope): CatalogsResult {
  const path = join(root, file);
  const catalogs = new Map<string, Catalog>();
  if (!existsSync(path)) return { catalogs, diagnostics: [] };
  const text = readText(path);
  const yaml = readYaml(text, file);
  if (yaml.value === undefined || yaml.value === null) return { catalogs, diagnostics: yaml.diagnostics };
  const rendered = renderYaml(yaml.value, { scope, text, file });
  const diagnostics = [
    ...yaml.diagnostics,
    ...rendered.diagnostics,
    ...check(catalogsSchema, rendered.value, text, file),
  ];
  const parsed = catalogsSchema.safeParse(rendered.value);
  if (!parsed.success) return { catalogs, diagnostics };
  for (const [index, entry] of parsed.data.catalogs.entries()) {
    const span = locate(text, file, ['catalogs', index, 'name']);
    const found = catalogs.has(entry.name.toUpperCase())
      ? error('parse/duplicate-name', `Two catalogs are named '${entry.name}'`, { span })
      : activeIntegration(entry);
    if ('code' in found) diagnostics.push({ ...found, span });
    else catalogs.set(entry.name.toUpperCase(), found);
  }
  return { catalogs, diagnostics };
}

type Entry = z.infer<typeof catalogsSchema>['catalogs'][number];

function activeIntegration({
  name,
  active_write_integration: active,
  write_integrations: all,
}: Entry): Catalog | Diagnostic {
  const names = all.map((one) => one.name);
  const twice = names.find((one, index) => names.indexOf(one) !== index);
  if (twice !== undefined) {
    return error('parse/duplicate-name', `Two write integrations of the catalog '${name}' are named '${twice}'`);
  }
  const found = active ? all.find((one) => one.name === active) : all.length === 1 ? all[0] : undefined;
  if (found === undefined) {
    const message = active
      ? `The catalog '${name}' has no write integration '${active}'`
      : `The catalog '${name}' has several write integrations, or none, and says not which is active`;
    const hint = active ? didYouMeanHint(active, names) : undefined;
    return error('parse/write-integration', message, {
      hint: hint ?? `Set 'active_write_integration' to one of: ${names.join(', ')}`,
    });
  }
  return {
    name,
    type: found.catalog_type,
    tableFormat: found.table_format ?? null,
    externalVolume: found.external_volume ?? null,
    fileFormat: found.file_format ?? null,
    properties: (found.adapter_properties ?? {}) as JsonObject,
  };
}
