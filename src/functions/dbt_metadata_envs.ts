import type { TemplateFunction } from '../core/index.ts';
import { Dict, fromJs } from '../jinja/index.ts';

/** `dbt_metadata_envs`: environment variables `DBT_ENV_CUSTOM_ENV_x` under the name x, as the command saw them. */
const dbtMetadataEnvs: TemplateFunction = {
  name: 'dbt_metadata_envs',
  create: ({ environment }) => {
    const metadata = environment.metadataEnv ?? {};
    return Dict.of(Object.entries(metadata).map(([name, value]) => [name, fromJs(value)]));
  },
};
export default dbtMetadataEnvs;
