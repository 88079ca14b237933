import { RelationValue, type TemplateFunction } from '../core/index.ts';
import { hostFunction, TemplateError, typeName } from '../jinja/index.ts';

/** `source('source', 'table')`: the relation of a source's table, and an edge to it. */
const source: TemplateFunction = {
  name: 'source',
  create: (rendering) =>
    hostFunction('source', (args, _, site) => {
      const [sourceName, tableName] = args;
      if (args.length !== 2) {
        throw new TemplateError(`source() takes the names of a source and of a table; it was given ${args.length}`);
      }
      if (typeof sourceName !== 'string') {
        throw new TemplateError(
          `The source name (first) argument to source() must be a string, got ${typeName(sourceName ?? null)}`,
        );
      }
      if (typeof tableName !== 'string') {
        throw new TemplateError(
          `The table name (second) argument to source() must be a string, got ${typeName(tableName ?? null)}`,
        );
      }
      return new RelationValue(rendering.source(sourceName, tableName, site), rendering.adapter.statements);
    }),
};
export default source;
