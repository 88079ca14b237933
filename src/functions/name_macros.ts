import { defaultNames, type TemplateFunction } from '../core/index.ts';
import { type Bound, getAttribute, str, truthy } from '../jinja/index.ts';
import { type Body, dispatched } from './warehouse/dispatched.ts';

const given = (value: Bound): string | null => (value === undefined || value === null ? null : str(value));

/** dbt's macros that name relations: for macros that ask for a name, and for overriding ones that fall back on dbt's. */
const functions: readonly TemplateFunction[] = [
  ...named('database', ({ environment }, [custom]) => defaultNames.database(environment.target, given(custom))),
  ...named('schema', ({ environment }, [custom]) => defaultNames.schema(environment.target, given(custom))),
  ...named('alias', (_, [custom, node]) => {
    const wanted = truthy(custom ?? null) ? str(custom ?? null) : null;
    const version = wanted === null ? getAttribute(node ?? null, 'version') : null;
    const name = wanted ?? str(getAttribute(node ?? null, 'name'));
    return defaultNames.alias(wanted, name, truthy(version) ? str(version) : null);
  }),
  ...dispatched('generate_schema_name_for_env', ['custom_schema_name', 'node='], ({ environment }, [custom]) => {
    const wanted = environment.target.name === 'prod' ? given(custom) : null;
    return wanted === null ? environment.target.schema : wanted.trim();
  }),
];
export default functions;

/** `generate_<part>_name(custom_<part>_name=none, node=none)`: overriding ones get both, as dbt hands them on. */
function named(part: keyof typeof defaultNames, body: Body): readonly TemplateFunction[] {
  return dispatched(`generate_${part}_name`, [`custom_${part}_name=`, 'node='], body, 'every-parameter');
}
