import type {
  Alter,
  AlterAction,
  Assignment,
  ColumnAttribute,
  ColumnDefinition,
  CreateObject,
  CreateTable,
  CreateView,
  Delete,
  Drop,
  Insert,
  Merge,
  MergeAction,
  MergeBranch,
  Statement,
  TableElement,
  Transaction,
  Truncate,
  Update,
  Use,
} from '../../../statement-tree.ts';
import { column } from '../../../translate/build.ts';
import type { Translation } from '../../../translate/translation.ts';
import type { Column, Name, Query, Select, Star } from '../../../tree.ts';

const withoutEffect: ReadonlySet<string> = new Set(['transient', 'local', 'global', 'volatile', 'secure', 'recursive']);

/** Modifiers that mean something on DuckDB; others are reported. */
function modifiers(node: CreateTable | CreateView, translation: Translation): readonly string[] {
  const kept = node.modifiers.filter((word) => !withoutEffect.has(word) || word === 'recursive');
  const meaningful: ReadonlySet<string> = new Set(['temporary', 'temp', 'recursive']);
  const unknown = kept.find((word) => !meaningful.has(word));
  if (unknown)
    translation.refuse(node, `A ${unknown.toUpperCase()} ${node.kind === 'create-table' ? 'TABLE' : 'VIEW'}`);
  if (node.or === 'alter') translation.refuse(node, 'CREATE OR ALTER');
  return kept;
}

/** Clustering, retention and the like change no answer; keys are not enforced in Snowflake, so that they are left out. */
export function createTable(node: CreateTable, translation: Translation): readonly Statement[] {
  if (node.like || node.template || node.clone?.travel) translation.refuse(node, 'CREATE TABLE from such a template');
  const elements = node.elements?.flatMap((element) => tableElement(element, translation));
  const { clone, options: _, elements: __, ...plain } = node;
  const query = clone ? everything(clone.source) : node.query && translation.query(node.query);
  return [
    {
      ...plain,
      modifiers: modifiers(node, translation),
      options: [],
      ...(elements ? { elements } : {}),
      ...(query ? { query } : {}),
    },
  ];
}

function everything(source: Name): Query {
  const all: Star = { kind: 'star', qualifier: [], exclude: [], replace: [], rename: [], start: -1, end: -1 };
  const body: Select = {
    kind: 'select',
    items: [{ kind: 'select-item', expression: all, start: -1, end: -1 }],
    from: [{ kind: 'table', name: source, start: -1, end: -1 }],
    windows: [],
    start: -1,
    end: -1,
  };
  return { kind: 'query', body, orderBy: [], start: -1, end: -1 };
}

function tableElement(element: TableElement, translation: Translation): TableElement[] {
  if (element.kind === 'column-definition') return [columnDefinition(element, translation)];
  if (element.kind === 'table-constraint' && element.constraint.type !== 'check') return [];
  translation.refuse(element, element.kind === 'like-element' ? 'LIKE in a table' : 'CHECK');
  return [];
}

function columnDefinition(node: ColumnDefinition, translation: Translation): ColumnDefinition {
  const attributes = node.attributes.flatMap((attribute) => columnAttribute(attribute, translation));
  return { ...node, attributes, ...(node.type ? { type: translation.type(node.type) } : {}) };
}

function columnAttribute(node: ColumnAttribute, translation: Translation): ColumnAttribute[] {
  switch (node.kind) {
    case 'nullability':
      return [node];
    case 'default':
      return [{ ...node, value: translation.expression(node.value) }];
    case 'comment':
    case 'tags':
      return [];
    case 'constraint':
      if (node.type === 'check') translation.refuse(node, 'CHECK');
      return [];
    case 'identity':
    case 'generated':
    case 'collation':
    case 'column-policy':
      translation.refuse(node, node.kind === 'column-policy' ? 'A column policy' : node.kind.toUpperCase());
      return [];
  }
}

export function createView(node: CreateView, translation: Translation): readonly Statement[] {
  const columns = node.columns?.map(({ name, start, end }): ColumnDefinition => {
    return { kind: 'column-definition', name, attributes: [], start, end };
  });
  return [
    {
      ...node,
      modifiers: modifiers(node, translation),
      options: [],
      query: translation.query(node.query),
      ...(columns ? { columns } : {}),
    },
  ];
}

export function createObject(node: CreateObject, translation: Translation): readonly Statement[] {
  if (node.object === 'schema' && !node.clone && node.or === undefined)
    return [{ ...node, modifiers: [], options: [] }];
  const isPlainSequence =
    node.object === 'sequence' &&
    node.options.every(({ name }) => /^(start|increment|order|noorder|comment)/.test(name));
  if (isPlainSequence) {
    const options = node.options
      .filter(({ name }) => /^(start|increment)/.test(name))
      .map((option) => ({ ...option, sign: '' as const }));
    return [{ ...node, options }];
  }
  translation.refuse(node, `CREATE ${node.or === 'replace' ? 'OR REPLACE ' : ''}${node.object.toUpperCase()}`);
  return [];
}

export function drop(node: Drop, translation: Translation): readonly Statement[] {
  if (/^(table|view|schema|sequence)$/.test(node.object)) return [node];
  translation.refuse(node, `DROP ${node.object.toUpperCase()}`);
  return [];
}

export function truncate(node: Truncate, translation: Translation): readonly Statement[] {
  if (node.ifExists || (node.object !== 'table' && node.object !== '')) translation.refuse(node, 'TRUNCATE IF EXISTS');
  return [emptied(node.name, node)];
}

const emptied = (name: Name, { comments }: Statement): Delete => ({
  kind: 'delete',
  table: { kind: 'table', name, start: -1, end: -1 },
  using: [],
  returning: [],
  comments,
  start: -1,
  end: -1,
});

/** INSERT OVERWRITE empties the table first, so that it cannot be read from. */
export function insert(node: Insert, translation: Translation): readonly Statement[] {
  const made: Insert = { ...translation.parts(node), overwrite: false, words: 'into' };
  if (!node.overwrite) return [made];
  const target = node.table.parts.at(-1)?.text.toUpperCase();
  const reads = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null) return false;
    if ('kind' in value && value.kind === 'table' && 'name' in value)
      return (value.name as Name).parts.at(-1)?.text.toUpperCase() === target;
    return Object.values(value).some(reads);
  };
  if (typeof node.source !== 'string' && reads(node.source))
    translation.refuse(node, 'INSERT OVERWRITE of a table that is read');
  return [emptied(node.table, node), { ...made, comments: [] }];
}

export function update(node: Update, translation: Translation): readonly Statement[] {
  return [{ ...translation.parts({ ...node, set: [] }), set: assignments(node.set, translation), fromFirst: false }];
}

/** A column that is set stands alone: `SET a = 1`, not `SET t.a = 1`. */
function assignments(set: readonly Assignment[], translation: Translation): Assignment[] {
  return set.map((assignment) => {
    const { target } = assignment;
    const bare = 'kind' in target ? unqualified(target) : target.map(unqualified);
    return { ...assignment, target: bare, value: translation.expression(assignment.value) };
  });
}

const unqualified = ({ parts }: Column): Column => column(parts.at(-1)!);

export function merge(node: Merge, translation: Translation): readonly Statement[] {
  const made = translation.parts({ ...node, branches: [] });
  return [{ ...made, branches: node.branches.map((branch) => mergeBranch(branch, translation)) }];
}

function mergeBranch(node: MergeBranch, translation: Translation): MergeBranch {
  return {
    ...node,
    ...(node.condition ? { condition: translation.expression(node.condition) } : {}),
    action: mergeAction(node.action, translation),
  };
}

function mergeAction(node: MergeAction, translation: Translation): MergeAction {
  if (node.kind === 'update')
    return Array.isArray(node.set)
      ? { ...node, set: assignments(node.set as readonly Assignment[], translation) }
      : node;
  if (node.kind !== 'insert') return node;
  const values = Array.isArray(node.values) ? translation.expressions(node.values) : node.values;
  return { ...node, columns: node.columns.map(unqualified), ...(values ? { values } : {}) };
}

export function alter(node: Alter, translation: Translation): readonly Statement[] {
  if (node.object !== 'table' && node.object !== 'view') {
    translation.refuse(node, `ALTER ${node.object.toUpperCase()}`);
    return [];
  }
  return node.actions
    .flatMap((action) => alterAction(action, translation))
    .map((action): Alter => ({ ...node, actions: [action] }));
}

/** Each its own statement: DuckDB takes one change at a time. */
function alterAction(node: AlterAction, translation: Translation): readonly AlterAction[] {
  switch (node.kind) {
    case 'add-columns':
      return node.columns.map((added) => ({
        ...node,
        parentheses: false,
        columns: [{ ...added, definition: columnDefinition(added.definition, translation) }],
      }));
    case 'drop-columns':
      return node.columns.map((dropped) => ({ ...node, columns: [dropped] }));
    case 'rename':
    case 'rename-column':
      return [node];
    case 'cluster-by':
    case 'set-tags':
    case 'unset-tags':
    case 'add-constraint':
    case 'drop-constraint':
      return [];
    default:
      translation.refuse(node, 'This change of a table');
      return [];
  }
}

export function transaction(node: Transaction): readonly Statement[] {
  const { name: _, ...plain } = node;
  return [plain];
}

/** There are no roles and warehouses, so that choosing one changes nothing. */
export function use(node: Use, translation: Translation): readonly Statement[] {
  if (/^(role|warehouse|secondary roles)$/.test(node.object)) return [];
  if (node.object === 'schema' || node.object === '' || node.object === 'database') return [{ ...node, object: '' }];
  translation.refuse(node, `USE ${node.object.toUpperCase()}`);
  return [];
}

export function grant(node: Statement, translation: Translation): readonly Statement[] {
  translation.report(
    'sql/without-effect',
    node,
    `Privileges have no effect on ${translation.to.title}.`,
    undefined,
    'warning',
  );
  return [];
}
