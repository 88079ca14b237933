import {
  type ChangeReason,
  type ColumnInfo,
  type GraphNode,
  type JsonObject,
  type ModelNode,
  sameJson,
} from '../../core/index.ts';

/** What a model no longer promises. To promise more breaks nobody. */
export function compareContract(before: GraphNode, after: GraphNode): ChangeReason[] {
  if (before.resource_type !== 'model' || after.resource_type !== 'model') return [];
  if (!before.contract.enforced && !after.contract.enforced) return [];
  const place = { span: after.origin.properties ?? after.origin.definition };
  if (!before.contract.enforced) return [{ part: 'contract', class: 'none', text: 'It has a contract now', ...place }];
  if (!after.contract.enforced) {
    return [{ part: 'contract', class: 'breaking', text: 'Its contract is enforced no more', ...place }];
  }
  const broken = [...brokenColumns(before, after), ...lostConstraints(before, after)];
  const found = new Set(Object.values(before.columns).map(({ name }) => name.toLowerCase()));
  const more = Object.values(after.columns).filter(({ name }) => !found.has(name.toLowerCase()));
  return [
    ...broken.map((text): ChangeReason => ({ part: 'contract', class: 'breaking', text, ...place })),
    ...more.map(({ name }): ChangeReason => {
      return { part: 'contract', class: 'additive', text: `Its contract has the column ${name} too`, ...place };
    }),
  ];
}

function brokenColumns(before: ModelNode, after: ModelNode): string[] {
  const now = new Map(Object.values(after.columns).map((column) => [column.name.toLowerCase(), column]));
  return Object.values(before.columns).flatMap((column): string[] => {
    const other = now.get(column.name.toLowerCase());
    if (!other) return [`Its contract has the column ${column.name} no more`];
    const lost = lostKinds(column, other).map((kind) => `Its contract promises ${kind} of ${column.name} no more`);
    if (typeOf(column) === typeOf(other)) return lost;
    return [`Its contract says ${other.data_type} of ${column.name} and no more ${column.data_type}`, ...lost];
  });
}

const typeOf = ({ data_type: type }: ColumnInfo): string => (type ?? '').toLowerCase().replaceAll(/\s+/g, '');

function lostConstraints(before: ModelNode, after: ModelNode): string[] {
  return before.constraints
    .filter((one) => !after.constraints.some((other) => sameJson(core(one), core(other))))
    .map(({ type }) => `Its contract has the constraint ${String(type)} no more`);
}

const lostKinds = (before: ColumnInfo, after: ColumnInfo): readonly string[] =>
  before.constraints
    .filter((one) => !after.constraints.some((other) => sameJson(core(one), core(other))))
    .map(({ type }) => String(type));

const core = ({ type, expression, columns, to, to_columns: toColumns }: JsonObject): unknown => [
  type,
  expression ?? null,
  columns ?? null,
  to ?? null,
  toColumns ?? null,
];
