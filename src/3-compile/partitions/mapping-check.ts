import { partitionsOf } from '../../1-parse/index.ts';
import { dataParents, type Graph, isTransparent, mappingProblems } from '../../2-graph/index.ts';
import {
  type Coordinates,
  combineCoordinates,
  type Diagnostic,
  either,
  isEmpty,
  type Node,
  onlyFirst,
  type PartitionSlice,
  ruleFor,
  textCoordinates,
  warning,
} from '../../core/index.ts';
import type { CatalogTable } from '../../sql/index.ts';
import type { Analyst, NodeQuery } from '../analysis/analyst.ts';
import { diagnosticAt } from '../analysis/diagnostic-at.ts';
import type { CompiledNode } from '../compilation.ts';
import { allTime, boundOf } from '../reading/bounds.ts';
import { type ReadRows, readRows } from '../reading/read-rows.ts';
import { anyColumn, type Scan } from '../reading/relation.ts';
import { catalogueOf, columnKey, tableOf, typeOf, type Views } from './catalogue.ts';
import { onDates } from './on-dates.ts';
import { mayBeNarrower } from './other-columns.ts';
import { type Outside, outsideHint, outsideMessage } from './outside.ts';
import { type MappedColumn, mappedColumns, type PartitionedParent, partitionedParents } from './read-windows.ts';
import { samplePartitions } from './samples.ts';

export interface MappingCheckInput {
  readonly graph: Graph;
  readonly analyst: Analyst;
  /** The SQL of a node for some of its partitions; undefined where it cannot be had. */
  readonly compile: (id: string, partitions: PartitionSlice) => Promise<CompiledNode | undefined>;
}

/**
 * Where a model reads rows of its parents that lie outside its partition mapping, so that what it is built from is not
 * what Ingot waits for and looks at to tell whether it is out of date. Judged by the SQL of some sample partitions; what
 * in it cannot be read for certain is no reason to warn.
 */
export async function mappingWarnings(id: string, input: MappingCheckInput): Promise<readonly Diagnostic[]> {
  const node = input.graph.nodes.get(id) as Node | undefined;
  const definition = node && partitionsOf(node, input.graph.project.settings);
  if (!definition) return [];
  const wrong = mappingProblems(node, input.graph);
  if (wrong.length > 0) return wrong;
  const behind = dataParents(node, input.graph);
  const parents = partitionedParents(node, definition, behind, input.graph);
  if (parents.length === 0) return [];
  const views = await viewQueries(behind, input);
  const samples = samplePartitions(
    definition,
    parents.map(({ mapping }) => mapping),
  );
  const found = new Map<string, Diagnostic>();
  for (const keys of samples) {
    const slice = { definition, keys };
    const compiled = await input.compile(id, slice);
    const read = compiled && (await input.analyst.queryOf(id, compiled));
    if (!read) return [];
    for (const [place, diagnostic] of await sampleWarnings({ node, slice, parents, views, read }, input)) {
      if (!found.has(place)) found.set(place, diagnostic);
    }
  }
  return [...found.values()];
}

async function viewQueries(nodes: readonly Node[], { graph, analyst }: MappingCheckInput): Promise<Views> {
  const views = new Map<string, NodeQuery>();
  for (const node of nodes) {
    const query = isTransparent(node, graph) ? await analyst.queryOf(node.unique_id) : undefined;
    if (query) views.set(node.unique_id, query);
  }
  return views;
}

interface Sample {
  readonly node: Node;
  readonly slice: PartitionSlice;
  readonly parents: readonly PartitionedParent[];
  readonly views: Views;
  readonly read: NodeQuery;
}

async function sampleWarnings(sample: Sample, input: MappingCheckInput): Promise<ReadonlyMap<string, Diagnostic>> {
  const { node, slice, parents, views, read } = sample;
  const mapped = new Map(
    parents.map((parent) => {
      const columns = mappedColumns(slice, parent).flatMap((one): [string, MappedColumn][] => {
        const key = columnKey(one.column, read.dialect);
        return key === undefined ? [] : [[key, one]];
      });
      return [parent.node.unique_id, { parent, columns: new Map(columns) }];
    }),
  );
  const columnOf = ({ table }: Scan, column: string): MappedColumn | undefined =>
    mapped.get(table)?.columns.get(column);
  const rows = readRows(read.query, {
    dialect: read.dialect,
    table: catalogueOf(read, views),
    everything: (scan, column) => everythingOf(columnOf(scan, column)),
    isWhole: (scan, column) => columnOf(scan, column) !== undefined,
  });
  const found = new Map<string, Diagnostic>();
  for (const scan of rows?.scans ?? []) {
    const { parent, columns } = mapped.get(scan.table) ?? {};
    if (!parent || !columns || !rows) continue;
    for (const [key, column] of columns) {
      const table = tableOf(scan.table, read, views);
      const outside = outsideOf(scan, key, column, { rows, parent, table });
      if (!outside || (await mayBeNarrower(scan, key, { column, rows, table, analyst: input.analyst }))) continue;
      const place = diagnosticAt(read.text, outside.bound?.because[0] ?? scan.place ?? { start: 0, end: 0 });
      const at = { ...place, hint: outsideHint(outside, slice) };
      const message = outsideMessage(node, slice, outside);
      found.set(
        `${place?.span?.file} ${place?.span?.start} ${column.dimension.name}`,
        warning('compile/partition-mapping', message, at),
      );
    }
  }
  return found;
}

/** All that a column can be. Of dynamic values there is always another one. */
function everythingOf(column: MappedColumn | undefined): Coordinates {
  if (column?.places.kind !== 'texts') return allTime;
  const { dimension, places } = column;
  return combineCoordinates(
    places,
    textCoordinates(dimension.kind === 'static' ? dimension.values : ['\uffff']),
    either,
  );
}

interface OutsideInput {
  readonly rows: ReadRows;
  readonly parent: PartitionedParent;
  readonly table: CatalogTable | undefined;
}

/** What of a dimension is read for certain and not given by the mapping. */
function outsideOf(
  scan: Scan,
  key: string,
  column: MappedColumn,
  { rows, parent, table }: OutsideInput,
): Outside | undefined {
  const bound = boundOf(rows.bounds, scan, key);
  const everything = everythingOf(column);
  const hasTime = parent.definition.dimensions.some(({ kind }) => kind === 'time');
  const isLast = parent.mapping.kind !== 'keys' && ruleFor(parent.mapping, column.dimension, hasTime).kind === 'last';
  if ((bound && !bound.sure) || boundOf(rows.bounds, scan, anyColumn)) return undefined;
  if (bound && isLast) return undefined;
  const places = onDates(bound?.places ?? everything, typeOf(table, key));
  if (isEmpty(combineCoordinates(places, column.places, onlyFirst))) return undefined;
  return { bound: bound && places !== everything ? bound : undefined, places, column, parent };
}
