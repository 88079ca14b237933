import type { TemplateFunction } from '../core/index.ts';

/** `database`: where the node is built, which is the target's database unless its settings say otherwise. */
const database: TemplateFunction = {
  name: 'database',
  create: ({ node, environment }) => node?.database ?? environment.target.database,
};
export default database;
