import { ColumnValue, type Relation, RelationValue } from '../../core/index.ts';
import { type Bound, listOf, str, TemplateError, typeName } from '../../jinja/index.ts';

/** An argument that has to be a relation. */
export function relationOf(value: Bound): Relation {
  if (value instanceof RelationValue) return value.relation;
  throw new TemplateError(`A relation is needed here, not ${typeName(value ?? null)}`, 'TypeError');
}

/** Names of columns, given as columns or as texts. */
export function columnNames(value: Bound): readonly string[] {
  if (value === undefined || value === null) return [];
  return listOf(value).map((item) => (item instanceof ColumnValue ? item.column.name : str(item)));
}

/** A setting that may be one text or a list. */
export function textsOf(value: Bound): readonly string[] {
  if (value === undefined || value === null || value === '') return [];
  return typeof value === 'string' ? [value] : listOf(value).map(str);
}
