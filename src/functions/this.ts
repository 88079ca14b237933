import { RelationValue, type TemplateFunction } from '../core/index.ts';

/** `this`: the relation of the node that is rendered; none where there is no such node. */
const thisRelation: TemplateFunction = {
  name: 'this',
  create: ({ thisRelation: relation, adapter }) =>
    relation === undefined ? null : new RelationValue(relation, adapter.statements),
};
export default thisRelation;
