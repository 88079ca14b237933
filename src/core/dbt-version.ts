/** The version of dbt whose behaviour Ingot follows: `dbt_version` in templates, and what `require-dbt-version` asks for. */
export const dbtVersion = '1.11.16';
