import type { TemplateFunction } from '../core/index.ts';

/** `database`: the target's database. */
const database: TemplateFunction = {
  name: 'database',
  create: (rendering) => rendering.environment.target.database,
};
export default database;
