import { type TemplateFunction, dbtVersion as version } from '../core/index.ts';

const create = () => version;

/** `dbt_version`: the version of dbt whose behaviour Ingot follows. */
const dbtVersion: TemplateFunction = { name: 'dbt_version', create, createForYaml: create };
export default dbtVersion;
