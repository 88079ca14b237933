import { hash } from 'node:crypto';
import { type JsonObject, markedJson } from '../../core/index.ts';
import { argumentsProperty } from '../nodes/read-again.ts';
import type { ParseProjectInput } from '../project.ts';
import type { CacheKeys } from './cache-format.ts';

/** What facts and renderings depend on besides the files: the version, and what every template can see. */
export function cacheKeys({ settings, packages, environment, shelves }: ParseProjectInput): CacheKeys {
  const { version, target } = environment;
  const facts = [version, shelves.adapter.type, argumentsProperty(settings.flags)].join(' ');
  const seen: JsonObject = {
    facts,
    target: target as unknown as JsonObject,
    settings: [...packages.values()].map(({ raw, pathPrefix }) => [pathPrefix, raw]),
    functions: [...shelves.functions.keys()],
    ...(settings.catalogs?.size ? { catalogs: [...settings.catalogs.values()] as unknown as JsonObject[] } : {}),
  };
  return { facts, renderings: hash('sha256', markedJson(seen)) };
}
