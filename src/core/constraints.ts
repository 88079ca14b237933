import type { Adapter } from './adapter.ts';
import type { Json, JsonObject } from './json.ts';
import type { CodeNode } from './node.ts';
import type { Statements, TableColumn } from './statements.ts';

type Writer = Pick<Adapter, 'statements' | 'capabilities'>;

/** The columns that a node's contract promises, as a table is made of them. */
export function contractColumns(node: Pick<CodeNode, 'columns'>, { statements, capabilities }: Writer): TableColumn[] {
  return Object.values(node.columns).map((column) => ({
    name: column.name,
    type: column.data_type ?? '',
    constraints: columnConstraints(supported(column.constraints, capabilities), statements),
    quote: capabilities.quotesNames === false ? column.quote === true : true,
  }));
}

/** The same as text: name, type and constraints of each. */
export const contractLines = (node: Pick<CodeNode, 'columns'>, writer: Writer): string[] =>
  contractColumns(node, writer).map(({ name, type, constraints = [], quote }) =>
    [quote === false ? name : writer.statements.quote(name), type, ...constraints].join(' '),
  );

/** Constraints of a node that the warehouse does not know: they are left out. */
export function unsupportedConstraints(node: CodeNode, { capabilities }: Writer): readonly string[] {
  const ignored = new Set(capabilities.ignoredConstraints ?? []);
  return [
    ...new Set(
      constraintsOf(node)
        .map(({ type }) => String(type))
        .filter((type) => ignored.has(type)),
    ),
  ];
}

/** All constraints that are written for a node, of the whole and of its columns. */
export function constraintsOf(node: CodeNode): readonly JsonObject[] {
  return [...ofModel(node), ...Object.values(node.columns).flatMap(({ constraints }) => constraints)];
}

function supported(constraints: readonly JsonObject[], { ignoredConstraints = [] }: Writer['capabilities']) {
  return constraints.filter(({ type }) => !ignoredConstraints.includes(String(type)));
}

const ofModel = (node: object): readonly JsonObject[] =>
  'constraints' in node ? (node as { constraints: readonly JsonObject[] }).constraints : [];

/** Constraints of a column as they stand behind its type. */
function columnConstraints(constraints: readonly JsonObject[], statements: Statements): string[] {
  return constraints.flatMap((constraint) => {
    const expression = text(constraint.expression);
    switch (constraint.type) {
      case 'check':
        return expression ? [`check (${expression})`] : [];
      case 'not_null':
        return [`not null ${expression}`.trim()];
      case 'unique':
        return [`unique ${expression}`.trim()];
      case 'primary_key':
        return [`primary key ${expression}`.trim()];
      case 'foreign_key':
        return reference(constraint, statements);
      case 'custom':
        return expression ? [expression] : [];
      default:
        return [];
    }
  });
}

/** Constraints of a model as a whole, as they stand behind its columns. */
export function modelConstraints(node: object, { statements, capabilities }: Writer): string[] {
  return supported(ofModel(node), capabilities).flatMap((constraint) => {
    const name = text(constraint.name) ? `constraint ${text(constraint.name)} ` : '';
    return modelConstraint(constraint, statements).map((rendered) => `${name}${rendered}`);
  });
}

function modelConstraint(constraint: JsonObject, statements: Statements): string[] {
  const expression = text(constraint.expression);
  const columns = list(constraint.columns).join(', ');
  const behind = expression ? ` ${expression}` : '';
  switch (constraint.type) {
    case 'check':
      return expression ? [`check (${expression})`] : [];
    case 'unique':
      return [`unique${behind} (${columns})`];
    case 'primary_key':
      return [`primary key${behind} (${columns})`];
    case 'foreign_key':
      return reference(constraint, statements).map((target) => `foreign key (${columns}) ${target}`);
    case 'custom':
      return expression ? [expression] : [];
    default:
      return [];
  }
}

function reference(constraint: JsonObject, statements: Statements): string[] {
  const to = text(constraint.to);
  const columns = list(constraint.to_columns);
  if (to && columns.length > 0) return [`references ${statements.constraintTarget(to)} (${columns.join(', ')})`];
  const expression = text(constraint.expression);
  return expression ? [`references ${expression}`] : [];
}

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const list = (value: Json | undefined): string[] => (Array.isArray(value) ? value.map(String) : []);
