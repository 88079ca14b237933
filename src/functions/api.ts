import { ColumnFactory, relationFactory, type TemplateFunction } from '../core/index.ts';
import { Dict } from '../jinja/index.ts';
import { RelationClass } from './warehouse/relation-class.ts';

/** `api.Relation.create(…)`, `api.Column(…)`. */
const api: TemplateFunction = {
  name: 'api',
  create: ({ adapter: { statements }, quoting }) =>
    Dict.of([
      ['Relation', new RelationClass(relationFactory(statements, quoting))],
      ['Column', new ColumnFactory(statements)],
    ]),
};
export default api;
