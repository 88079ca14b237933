import { ColumnFactory, type TemplateFunction } from '../core/index.ts';

/** `column`: another name of `api.Column`. */
const column: TemplateFunction = {
  name: 'column',
  create: ({ adapter }) => new ColumnFactory(adapter.statements),
};
export default column;
