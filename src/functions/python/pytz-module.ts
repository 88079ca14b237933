import { ZoneValue } from '../../core/index.ts';
import { bindArguments, Dict, hostFunction, str, TemplateError, type Value } from '../../jinja/index.ts';

/** What dbt gives of `pytz`. */
export function pytzModule(): Dict {
  return Dict.of([
    [
      'timezone',
      hostFunction('timezone', (args, kwargs) => zoneNamed(bindArguments('timezone', ['zone'], args, kwargs))),
    ],
    ['utc', ZoneValue.utc],
    ['UTC', ZoneValue.utc],
    ['FixedOffset', hostFunction('FixedOffset', ([minutes]) => ZoneValue.fixed(Number(minutes) * 60))],
  ]);
}

function zoneNamed([name]: readonly (Value | undefined)[]): Value {
  if (typeof name !== 'string') throw new TemplateError(`There is no time zone ${str(name ?? null)}`, 'TypeError');
  return ZoneValue.named(name);
}
