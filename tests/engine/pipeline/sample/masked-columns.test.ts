import { expect, test } from 'vitest';
import type { Graph } from '../../../../src/2-graph/index.ts';
import type { ColumnMasking } from '../../../../src/core/index.ts';
import { maskedColumns } from '../../../../src/pipeline/sample/masked-columns.ts';
import { columnKey, type Lineage } from '../../../../src/pipeline/sample/sample-lineage.ts';

const masking: ColumnMasking[] = [
  { tag: 'public', meta: undefined, rule: 'keep' },
  { tag: 'pii', meta: undefined, rule: 'hash' },
  { tag: undefined, meta: { secret: true }, rule: 'null' },
];
const forAll: ColumnMasking = { tag: undefined, meta: undefined, rule: 'redact' };

/** A source and a model; of each, the columns that its YAML lists, with their tags. */
function graph(source: Record<string, string[]>, model: Record<string, string[]> = {}): Graph {
  const node = (id: string, columns: Record<string, string[]>) => ({
    unique_id: id,
    resource_type: id,
    columns: Object.fromEntries(
      Object.entries(columns).map(([name, tags]) => [
        name,
        { name, tags, meta: tags.includes('meta') ? { secret: true } : {} },
      ]),
    ),
  });
  return {
    nodes: new Map([
      ['source', node('source', source)],
      ['model', node('model', model)],
    ]),
  } as unknown as Graph;
}

/** `to < from` for a copy, `to <- from` for what is computed. */
function lineage(...steps: string[]): Lineage {
  const origins = steps.map((step) => {
    const [to = '', arrow, from = ''] = step.split(' ');
    const how = arrow === '<' ? ('copied' as const) : ('computed' as const);
    return [columnKey('model', to), [{ from: columnKey('source', from), how }]] as const;
  });
  return { origins: new Map(origins), unknown: new Set() };
}

test.each([
  ['a tag', graph({ email: ['pii'] }), lineage(), 'source.EMAIL', 'hash'],
  ['a meta', graph({ email: ['meta'] }), lineage(), 'source.email', 'null'],
  ['the first entry that fits', graph({ email: ['pii', 'public'] }), lineage(), 'source.email', 'keep'],
  ['nothing', graph({ email: [] }), lineage(), 'source.email', 'keep'],
  ['the column that it is copied from', graph({ email: ['pii'] }), lineage('mail < email'), 'model.mail', 'hash'],
  ['the column that it is copied to', graph({}, { mail: ['pii'] }), lineage('mail < email'), 'source.email', 'hash'],
  ['another copy', graph({}, { mail: ['pii'] }), lineage('mail < email', 'contact < email'), 'model.contact', 'hash'],
  [
    'the stricter of two',
    graph({ email: ['pii'] }, { mail: ['meta'] }),
    lineage('mail < email'),
    'source.email',
    'null',
  ],
  [
    'its origin, though it is to be kept',
    graph({ email: ['pii'] }, { mail: ['public'] }),
    lineage('mail < email'),
    'model.mail',
    'hash',
  ],
  ['what it is computed of', graph({ email: ['pii'] }), lineage('domain <- email'), 'model.domain', 'hash'],
  [
    'its own keep, where it is computed',
    graph({ email: ['pii'] }, { domain: ['public'] }),
    lineage('domain <- email'),
    'model.domain',
    'keep',
  ],
  [
    'nothing that is computed of it',
    graph({}, { domain: ['pii'] }),
    lineage('domain <- email'),
    'source.email',
    'keep',
  ],
  ['nobody, since its SQL has it no more', graph({}), lineage('mail < email'), 'model.older', 'null'],
])('a column is masked by %s', (_, given, known, column, rule) => {
  const [nodeId = '', name = ''] = column.split('.');
  expect(maskedColumns(given, masking, known, []).ruleOf(nodeId, name)).toBe(rule);
});

test('both sides of a foreign key are masked by the stricter rule, and in one family', () => {
  const key = { child: { nodeId: 'model', columns: ['a', 'b'] }, parent: { nodeId: 'source', columns: ['x', 'y'] } };
  const found = maskedColumns(graph({ y: ['pii'] }, { a: [], b: [] }), masking, lineage('a <- n', 'b <- m'), [key]);
  expect([found.ruleOf('model', 'a'), found.ruleOf('model', 'b')]).toEqual(['keep', 'hash']);
  expect(found.familyOf('model', 'b')).toBe(found.familyOf('source', 'Y'));
  expect(found.familyOf('model', 'a')).not.toBe(found.familyOf('source', 'y'));
});

test('an entry for all columns masks those that no file names, and what is made of them', () => {
  const rules = [...masking, forAll];
  const found = maskedColumns(
    graph({ id: ['public'] }, { mail: ['public'] }),
    rules,
    lineage('mail < email', 'key < id'),
    [],
  );
  expect(
    ['source.id', 'model.key', 'source.email', 'model.mail', 'source.other'].map((column) => {
      const [nodeId = '', name = ''] = column.split('.');
      return found.ruleOf(nodeId, name);
    }),
  ).toEqual(['keep', 'keep', 'redact', 'redact', 'redact']);
});
