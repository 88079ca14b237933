import type { Json, JsonObject, ModelNode, NodeConfig } from '../../core/index.ts';
import { modelConstraint } from './columns.ts';
import type { Patch } from './patch.ts';

type Properties = Pick<
  ModelNode,
  'access' | 'constraints' | 'version' | 'latest_version' | 'deprecation_date' | 'primary_key' | 'time_spine'
>;

const none: readonly never[] = Object.freeze([]);

/** What only models have, from the settings and the properties. The primary key is found when the tests are known. */
export function modelProperties(config: NodeConfig, patch: Patch | undefined): Properties {
  const access = config.access as ModelNode['access'];
  if (patch === undefined) {
    return {
      access,
      constraints: none,
      version: null,
      latest_version: null,
      deprecation_date: null,
      primary_key: none,
      time_spine: null,
    };
  }
  const { content, version } = patch;
  const constraints = version?.constraints ?? content.constraints ?? none;
  const deprecated = version ? version.deprecationDate : content.deprecationDate;
  return {
    access,
    constraints: constraints.map(modelConstraint),
    version: version?.version ?? null,
    latest_version: (version ? patch.latestVersion : null) ?? null,
    deprecation_date: deprecated === undefined ? null : deprecationDate(deprecated),
    primary_key: none,
    time_spine: version || !content.timeSpine ? null : timeSpine(content.timeSpine),
  };
}

/** dbt makes a time of a date, in the zone of the machine. */
function deprecationDate(written: string): string {
  if (/[T ].*(?:Z|[-+]\d\d:?\d\d)$/.test(written)) return written.replace(' ', 'T').replace(/Z$/, '+00:00');
  const local = new Date(
    written.includes('T') || written.includes(' ') ? written.replace(' ', 'T') : `${written}T00:00:00`,
  );
  if (Number.isNaN(local.getTime())) return written;
  const minutes = -local.getTimezoneOffset();
  const sign = minutes < 0 ? '-' : '+';
  const two = (number: number): string => String(Math.abs(Math.trunc(number))).padStart(2, '0');
  const day = `${local.getFullYear()}-${two(local.getMonth() + 1)}-${two(local.getDate())}`;
  const time = `${two(local.getHours())}:${two(local.getMinutes())}:${two(local.getSeconds())}`;
  return `${day}T${time}${sign}${two(minutes / 60)}:${two(minutes % 60)}`;
}

function timeSpine(written: JsonObject): JsonObject {
  const custom = Array.isArray(written.custom_granularities)
    ? (written.custom_granularities as readonly JsonObject[])
    : [];
  return {
    standard_granularity_column: written.standard_granularity_column ?? null,
    custom_granularities: custom.map((one): Json => ({ name: one.name ?? null, column_name: one.column_name ?? null })),
  };
}
