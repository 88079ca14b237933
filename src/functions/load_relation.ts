import { RelationValue, type TemplateFunction } from '../core/index.ts';
import { bindArguments, hostFunction, type Value } from '../jinja/index.ts';
import { existingRelation } from './warehouse/existing-relation.ts';

/** `load_relation(relation)`: the relation as it stands in the warehouse, with its type; none where there is none. */
const loadRelation: TemplateFunction = {
  name: 'load_relation',
  isMacro: true,
  create: (rendering) =>
    hostFunction('load_relation', (args, kwargs): Value | Promise<Value> => {
      const [relation] = bindArguments('load_relation', ['relation'], args, kwargs);
      if (!rendering.execute || !(relation instanceof RelationValue)) return null;
      return existingRelation(rendering, relation.relation, 'load_relation()').then((found) =>
        found === undefined ? null : new RelationValue(found, rendering.adapter.statements),
      );
    }),
};
export default loadRelation;
