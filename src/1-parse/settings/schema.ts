import { z } from 'zod';
import { maskingRules } from '../../core/index.ts';

const paths = z.array(z.string()).nullish();
const mapping = z.record(z.string(), z.unknown()).nullish();
const hooks = z.union([z.string(), z.array(z.string())]).nullish();
const quoted = {
  database: z.boolean().nullish(),
  schema: z.boolean().nullish(),
  identifier: z.boolean().nullish(),
  project: z.boolean().nullish(),
};
const quoting = z
  .looseObject(quoted)
  .superRefine((given, { addIssue }) => {
    // dbt knows one adapter's `…_ignore_case` too, and does nothing with it.
    const keys = Object.keys(given).filter((key) => !Object.hasOwn(quoted, key) && !key.endsWith('_ignore_case'));
    if (keys.length > 0) addIssue({ code: 'unrecognized_keys', keys, input: given });
  })
  .nullish();

const masking = z.strictObject({
  tag: z.string().optional(),
  meta: z.record(z.string(), z.unknown()).optional(),
  rule: z.enum(maskingRules).nullable(),
});

const shared = {
  name: z.string(),
  version: z.union([z.string(), z.number()]).nullish(),
  'config-version': z.literal(2).nullish(),
  profile: z.string().nullish(),
  'require-dbt-version': z.union([z.string(), z.array(z.string())]).nullish(),
  'model-paths': paths,
  'seed-paths': paths,
  'macro-paths': paths,
  'test-paths': paths,
  'analysis-paths': paths,
  'snapshot-paths': paths,
  'docs-paths': paths,
  'asset-paths': paths,
  'function-paths': paths,
  'source-paths': paths,
  'data-paths': paths,
  'target-path': z.string().nullish(),
  'log-path': z.string().nullish(),
  'packages-install-path': z.string().nullish(),
  'clean-targets': paths,
  'project-root': z.string().nullish(),
  quoting,
  vars: mapping,
  dispatch: z.array(z.looseObject({ macro_namespace: z.string(), search_order: z.array(z.string()) })).nullish(),
  flags: mapping,
  'on-run-start': hooks,
  'on-run-end': hooks,
  'query-comment': z
    .union([
      z.string(),
      z.strictObject({
        comment: z.string().nullish(),
        append: z.boolean().nullish(),
        'job-label': z.boolean().nullish(),
        job_label: z.boolean().nullish(),
      }),
    ])
    .nullish(),
  'restrict-access': z.boolean().nullish(),
  'dbt-cloud': mapping,
  packages: z.array(z.unknown()).nullish(),
  models: mapping,
  seeds: mapping,
  snapshots: mapping,
  analyses: mapping,
  sources: mapping,
  tests: mapping,
  data_tests: mapping,
  unit_tests: mapping,
  metrics: mapping,
  'semantic-models': mapping,
  'saved-queries': mapping,
  exposures: mapping,
  functions: mapping,
  dialect: z.string().nullish(),
  partitions: mapping,
  'sample-path': z.string().nullish(),
  masking: z.array(masking).nullish(),
  // YAML reads `off` as false.
  lint: z.record(z.string(), z.literal(['off', 'warning', 'error', false])).nullish(),
  layers: z.record(z.string(), z.strictObject({ reads: z.array(z.string()).nullish() }).nullable()).nullish(),
  ci: z.strictObject({ schema: z.string().nullish(), production_target: z.string().nullish() }).nullish(),
};

/**
 * The keys of a project file. `dbt_project.yml` and `project.yml` take the same; `ci`, `dialect`,
 * `layers`, `lint`, `masking`, `partitions`, `sample-path` and `targets` are Ingot's own.
 */
export const projectSchema = z.strictObject({
  ...shared,
  targets: z.record(z.string(), z.unknown()).nullish(),
});

export type ProjectFileContent = z.infer<typeof projectSchema>;

/** `catalogs.yml`. What a write integration means is the adapter's business. */
export const catalogsSchema = z.strictObject({
  catalogs: z.array(
    z.strictObject({
      name: z.string(),
      active_write_integration: z.string().nullish(),
      write_integrations: z.array(
        z.strictObject({
          name: z.string(),
          catalog_type: z.string(),
          table_format: z.string().nullish(),
          external_volume: z.string().nullish(),
          catalog_name: z.string().nullish(),
          file_format: z.string().nullish(),
          adapter_properties: z.record(z.string(), z.unknown()).nullish(),
        }),
      ),
    }),
  ),
  version: z.number().nullish(),
});

/** `selectors.yml`. What a definition means is the graph's business. */
export const selectorsSchema = z.strictObject({
  selectors: z.array(
    z.strictObject({
      name: z.string(),
      description: z.string().nullish(),
      default: z.union([z.boolean(), z.string()]).nullish(),
      definition: z.union([z.string(), z.record(z.string(), z.unknown())]),
    }),
  ),
  version: z.number().nullish(),
});
