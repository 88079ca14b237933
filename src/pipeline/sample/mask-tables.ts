import type { Loaded } from '../../cli/engine/loaded.ts';
import { type Cell, type Diagnostic, type GraphNode, type MaskingRule, searchName } from '../../core/index.ts';
import { createMask } from './mask-values.ts';
import type { MaskedColumns } from './masked-columns.ts';
import type { SampledRows } from './sample-rows.ts';
import { untaggedCopies } from './untagged-copies.ts';
import type { WrittenTable } from './write-sample.ts';

/** The tables as they are recorded, and what would tell values that they hide. Pure. */
export function maskTables(
  sampled: readonly SampledRows[],
  masked: MaskedColumns,
  secret: string,
  { graph, shelves }: Loaded,
): { readonly tables: readonly Omit<WrittenTable, 'written'>[]; readonly copies: readonly Diagnostic[] } {
  const columns = sampled.map(({ nodeId, columns, rows }) =>
    columns.map((column, at) => ({
      name: `${searchName(graph.nodes.get(nodeId) as GraphNode)}.${column.name}`,
      column,
      family: masked.familyOf(nodeId, column.name),
      rule: masked.ruleOf(nodeId, column.name),
      isKept: masked.saidOf(nodeId, column.name) === 'keep',
      values: rows.map((row): Cell => row[at] ?? null),
    })),
  );
  const all = columns.flat();
  const hidden = all.filter(({ rule }) => rule !== 'keep');
  const copies = untaggedCopies(
    hidden,
    all.filter(({ rule, isKept }) => rule === 'keep' && !isKept),
  );
  const mask = createMask(hidden, secret);
  const tables = sampled.map(({ nodeId, relation, rows, referred }, index) => {
    const ofTable = columns[index] ?? [];
    const values = ofTable.map(mask);
    return {
      id: nodeId,
      relation: shelves.adapter.statements.renderRelation({ ...relation, expression: undefined }),
      referred,
      columns: ofTable.map(({ column, rule }) => ({ ...column, ...maskedBy(rule) })),
      rows: rows.map((_, at) => values.map((column) => column[at] ?? null)),
    };
  });
  return { tables, copies };
}

const maskedBy = (rule: MaskingRule): { masked?: MaskingRule } => (rule === 'keep' ? {} : { masked: rule });
