import { createHash } from 'node:crypto';
import { artifactTime, type Environment, type JsonObject } from '../../core/index.ts';

/** The version of dbt whose artifacts these are; readers of artifacts look at it before they read on. */
const dbtVersion = '1.11.16';

/** The `metadata` that all artifacts have. */
export function artifactMetadata(
  schema: 'manifest/v12' | 'run-results/v6' | 'catalog/v1' | 'sources/v3',
  environment: Environment,
): JsonObject {
  return {
    dbt_schema_version: `https://schemas.getdbt.com/dbt/${schema}.json`,
    dbt_version: dbtVersion,
    generated_at: artifactTime(new Date()),
    invocation_id: environment.invocationId,
    invocation_started_at: artifactTime(environment.startedAt),
    env: environment.metadataEnv ?? {},
  };
}

/** dbt's id of a project: the MD5 of its name. */
export function projectId(name: string): string {
  return createHash('md5').update(name).digest('hex');
}
