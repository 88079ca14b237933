import {
  type AffectedNode,
  type ChangeClass,
  type ColumnChange,
  changeClasses,
  compareChangeClasses,
  isTestType,
  type NodeChange,
  type Review,
} from '../../core/index.ts';
import { kindText } from './facts.ts';
import type { OutlineItem, OutlineLine, OutlineSection, OutlineTable } from './outline.ts';
import { fileInRepository, type ReportContext } from './report-context.ts';

const classes: Readonly<Record<ChangeClass, Pick<OutlineSection, 'title' | 'note' | 'open'>>> = {
  breaking: {
    title: 'Breaking changes',
    note: 'Something that is read is gone or has another type, or a contract is broken.',
    open: true,
  },
  rows: { title: 'Other rows', note: 'Other rows than before can come out.', open: true },
  values: { title: 'Other values', note: 'Columns that were there can have other values.', open: true },
  additive: { title: 'Additions', note: 'New columns and nodes, which nobody reads yet.', open: false },
  none: { title: 'Same data', note: 'Changed, but no reader of the data can tell.', open: false },
};

/** A section for each class of change, from the furthest. */
export function changeSections({ changes }: Review, context: ReportContext): readonly OutlineSection[] {
  const names = namesOf(changes);
  return changeClasses.toReversed().map((key) => ({
    key,
    ...classes[key],
    items: changes.nodes.filter((node) => node.class === key).map((node) => changeItem(node, names, context)),
  }));
}

/** What did not change itself: models and whatever else holds data first, then their tests. */
export function affectedSection({ changes }: Review, context: ReportContext): OutlineSection {
  const names = namesOf(changes);
  const nodes = changes.affected.toSorted(
    (one, other) =>
      Number(isTestType(one.resourceType)) - Number(isTestType(other.resourceType)) ||
      compareChangeClasses(other.class, one.class),
  );
  return {
    key: 'affected',
    title: 'Affected downstream',
    note: 'Not changed themselves; they read what is.',
    open: false,
    items: nodes.map((node) => affectedItem(node, names, context)),
  };
}

type NameOf = (id: string) => string;

function namesOf({ nodes, affected }: Review['changes']): NameOf {
  const known = new Map([...nodes, ...affected].map(({ id, name }) => [id, name]));
  // kind.package.name
  return (id) => known.get(id) ?? id.split('.')[2] ?? id;
}

function changeItem(node: NodeChange, names: NameOf, context: ReportContext): OutlineItem {
  const reasons = node.reasons
    .toSorted((one, other) => compareChangeClasses(other.class, one.class))
    .map((reason): OutlineLine => {
      const milder = reason.class === node.class ? '' : ` (${reason.class})`;
      return { text: reason.text + milder, place: reason.span && context.placeOf?.(reason.span) };
    });
  const [first, ...others] = reasons;
  const file = fileInRepository(node.file, context);
  const isGone = node.change === 'removed';
  const accepted = node.accepted ? `, accepted until ${node.accepted.until}` : '';
  return {
    name: node.name,
    text: `${kindText(node.resourceType)} ${node.change}${accepted}${first ? `: ${first.text}` : ''}`,
    place: first?.place ?? (isGone ? undefined : { file }),
    lines: [
      ...others,
      ...(node.accepted ? [{ text: `accepted because: ${node.accepted.reason}` }] : []),
      ...(isGone ? [{ text: `it stood in ${file}` }] : []),
      ...(node.understood ? [] : [{ text: 'its SQL could not be read, so that any other text counts as a change' }]),
    ],
    table: columnTable(node.columns, names),
  };
}

function columnTable(columns: readonly ColumnChange[], names: NameOf): OutlineTable | undefined {
  if (columns.length === 0) return undefined;
  return {
    heads: ['column', 'change', 'before', 'after', 'read by'],
    rows: columns.map(({ name, kind, from, before, after, readers }) => [
      name,
      columnWords[kind] + (from === undefined ? '' : ` from ${from}`),
      before ?? '',
      after ?? '',
      readers.map(names).join(', '),
    ]),
  };
}

const columnWords: Readonly<Record<ColumnChange['kind'], string>> = {
  added: 'added',
  removed: 'removed',
  renamed: 'renamed',
  retyped: 'another type',
  nullable: 'can be null',
  meaning: 'another meaning',
};

const reach = { breaking: 'breaks', rows: 'other rows', values: 'other values', additive: 'additions' };

function affectedItem(node: AffectedNode, names: NameOf, context: ReportContext): OutlineItem {
  const by = node.by.map(
    ({ id, columns }) => `${names(id)} (${columns.length === 0 ? 'its rows' : columns.join(', ')})`,
  );
  return {
    name: node.name,
    text: `${kindText(node.resourceType)}: ${reach[node.class]}${by.length === 0 ? '' : `, by ${by.join('; ')}`}`,
    place: { file: fileInRepository(node.file, context) },
    lines: [],
  };
}
