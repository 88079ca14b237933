import { type MaterializationContext, type Relation, RelationValue } from '../../core/index.ts';

/** A relation as macros take it. */
export const relationValue = (relation: Relation, { adapter }: MaterializationContext): RelationValue =>
  new RelationValue(relation, adapter.statements);
