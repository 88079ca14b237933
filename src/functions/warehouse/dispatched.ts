import type { Rendering, TemplateFunction } from '../../core/index.ts';
import { type Bound, bindArguments, type CallSite, hostFunction, type Result, str } from '../../jinja/index.ts';
import { findImplementation } from './dispatch.ts';

/** What stands behind a macro of dbt's. */
export type Body = (rendering: Rendering, bound: readonly Bound[], site: CallSite) => Result;

/**
 * A macro of dbt's own that projects and packages may replace: by an implementation `default__name` or
 * `<adapter>__name`, which is looked for at each call. `default__name` is also the name of ours, for those who fall
 * back on it.
 *
 * @param parameters as `bindArguments` takes them.
 * @param handsOn what an implementation gets: the arguments as they were written, or one for every parameter, `none` where
 *   nothing was written. Default: as written.
 */
export function dispatched(
  name: string,
  parameters: readonly string[],
  body: Body,
  handsOn: 'as-written' | 'every-parameter' = 'as-written',
): readonly TemplateFunction[] {
  const own = (rendering: Rendering) =>
    hostFunction(name, (args, kwargs, site) => body(rendering, bindArguments(name, parameters, args, kwargs), site));
  return [
    {
      name,
      isMacro: true,
      create(rendering) {
        const fallback = own(rendering);
        return hostFunction(name, (args, kwargs, site) => {
          const found = findImplementation(rendering, name, 'dbt') ?? fallback;
          if (handsOn === 'as-written') return found.call(args, kwargs, site);
          const bound = bindArguments(name, parameters, args, kwargs);
          const every = parameters.map((_, place) => bound[place] ?? null);
          return found.call(every, new Map(), site);
        });
      },
    },
    { name: `default__${name}`, isMacro: true, create: own },
  ];
}

/** An argument as SQL; a default where it was not given. */
export function sqlOf(value: Bound, byDefault = ''): string {
  return value === undefined || value === null ? byDefault : str(value);
}

/** An argument as a template writes it: `None` for none, nothing where it was not given. */
export function written(value: Bound): string {
  return value === undefined ? '' : str(value);
}
