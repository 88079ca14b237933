import type { TemplateFunction } from '../core/index.ts';
import { targetDict } from './target.ts';

/** `env`: another name of `target`, from dbt's early days. */
const env: TemplateFunction = { name: 'env', create: (rendering) => targetDict(rendering.environment.target) };
export default env;
