import type { TemplateFunction } from '../core/index.ts';
import loadRelation from './load_relation.ts';

/** `load_cached_relation(relation)`: as `load_relation`, which keeps what it has read. */
const loadCachedRelation: TemplateFunction = {
  name: 'load_cached_relation',
  isMacro: true,
  create: (rendering) => loadRelation.create(rendering),
};
export default loadCachedRelation;
