import type { Cursor } from '../cursor.ts';
import { phraseAt, wordAt } from './words.ts';

/** What can be created, described, commented on and dropped, lower case; longer phrases first. */
const objects = [
  'external access integration',
  'cortex search service',
  'row access policy',
  'replication group',
  'failover group',
  'application package',
  'application role',
  'aggregation policy',
  'authentication policy',
  'masking policy',
  'projection policy',
  'join policy',
  'session policy',
  'password policy',
  'packages policy',
  'network policy',
  'network rule',
  'storage integration',
  'api integration',
  'security integration',
  'catalog integration',
  'notification integration',
  'resource monitor',
  'external volume',
  'external function',
  'aggregate function',
  'compute pool',
  'image repository',
  'git repository',
  'database role',
  'file format',
  'materialized view',
  'semantic view',
  'dynamic table',
  'external table',
  'iceberg table',
  'iceberg view',
  'hybrid table',
  'event table',
  'macro table',
  'account',
  'alert',
  'application',
  'class',
  'column',
  'connection',
  'contact',
  'database',
  'dataset',
  'function',
  'index',
  'integration',
  'listing',
  'macro',
  'model',
  'notebook',
  'pipe',
  'procedure',
  'role',
  'schema',
  'secret',
  'sequence',
  'service',
  'session',
  'share',
  'snapshot',
  'stage',
  'stream',
  'streamlit',
  'table',
  'tag',
  'task',
  'trigger',
  'type',
  'user',
  'view',
  'warehouse',
];

/** The object that stands here; undefined if none does. */
export function objectAt(cursor: Cursor, distance = 0): string | undefined {
  if (wordAt(cursor, distance) === '') return undefined;
  return objects.find((object) => phraseAt(cursor, object, distance) > 0);
}

/** The object that stands here, read; undefined and reported if none does. */
export function parseObject(cursor: Cursor): string | undefined {
  const object = acceptObject(cursor);
  if (object === undefined) cursor.fail('what it is: TABLE, VIEW, SCHEMA, …', 'table', 'view', 'schema', 'database');
  return object;
}

export function acceptObject(cursor: Cursor): string | undefined {
  const object = objectAt(cursor);
  if (object !== undefined) cursor.jumpTo(cursor.index + object.split(' ').length);
  return object;
}
