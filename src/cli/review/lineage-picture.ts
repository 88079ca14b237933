import {
  type AffectedNode,
  type ChangeClass,
  compareChangeClasses,
  isTestType,
  type NodeChange,
  type ProjectChanges,
} from '../../core/index.ts';

/** What a change reaches, to be drawn: bounded in size. Neither tests are drawn nor changes that reach nothing. */
export interface LineagePicture {
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
  /** How many nodes there was no room for. */
  readonly more: number;
}

export interface PictureNode {
  readonly name: string;
  readonly resourceType: string;
  readonly class: ChangeClass;
  /** Undefined: it did not change itself. */
  readonly change: NodeChange['change'] | undefined;
}

/** Places in the list of nodes. */
export interface PictureEdge {
  readonly from: number;
  readonly to: number;
}

/**
 * The nodes that a change reaches furthest in, in the order of the graph: changed ones, then affected ones. Undefined where
 * nothing but tests is affected.
 *
 * @param most nodes; the edges are at most three times as many.
 */
export function lineagePicture({ nodes, affected }: ProjectChanges, most: number): LineagePicture | undefined {
  const reaching = nodes.filter((node) => node.class !== 'none');
  const drawn = affected.filter(({ resourceType }) => !isTestType(resourceType));
  if (drawn.length === 0) return undefined;
  const all: readonly Node[] = [...reaching, ...drawn];
  // Half of the room is for what is affected, as far as it needs it.
  const changed = byReach(reaching).slice(0, Math.max(Math.ceil(most / 2), most - drawn.length));
  const chosen = new Set([...changed, ...nearest(drawn, changed).slice(0, most - changed.length)]);
  const shown = all.filter((node) => chosen.has(node));
  const places = new Map(shown.map(({ id }, place) => [id, place]));
  const edges = shown.flatMap(({ through = [] }, to) =>
    through.flatMap((id): readonly PictureEdge[] => {
      const from = places.get(id);
      return from === undefined ? [] : [{ from, to }];
    }),
  );
  return {
    nodes: shown.map((node) => ({
      name: node.name,
      resourceType: node.resourceType,
      class: node.class,
      change: 'change' in node ? node.change : undefined,
    })),
    edges: edges.slice(0, 3 * most),
    more: all.length - shown.length,
  };
}

type Node = NodeChange | AffectedNode;

const byReach = <Some extends Node>(nodes: readonly Some[]): readonly Some[] =>
  nodes.toSorted((one, other) => compareChangeClasses(other.class, one.class));

/** First what can be drawn with a line to what is drawn already. */
function nearest(affected: readonly AffectedNode[], changed: readonly Node[]): readonly AffectedNode[] {
  const reached = new Set(changed.map(({ id }) => id));
  // Parents stand before their children.
  const near = affected.filter(({ id, through }) => through.some((parent) => reached.has(parent)) && reached.add(id));
  const far = affected.filter(({ id }) => !reached.has(id));
  return [...byReach(near), ...byReach(far)];
}
