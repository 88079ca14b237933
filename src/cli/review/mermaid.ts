import type { ChangeClass } from '../../core/index.ts';
import { countOf, shorten } from '../texts/amounts.ts';
import type { LineagePicture, PictureNode } from './lineage-picture.ts';

/** Longest name that is written whole. */
const longestName = 60;

const colours: Readonly<Record<Exclude<ChangeClass, 'none'>, string>> = {
  breaking: '#cf222e',
  rows: '#bc4c00',
  values: '#9a6700',
  additive: '#1a7f37',
};

/** The picture as a Mermaid flowchart: what changed is filled, what is affected has a border of the same colour. */
export function mermaidText({ nodes, edges, more }: LineagePicture): string {
  const used = Object.entries(colours).filter(([name]) => nodes.some((node) => node.class === name));
  return [
    'flowchart LR',
    ...nodes.map((node, place) => `  n${place}${shapeOf(node)}:::${styleOf(node)}`),
    ...(more === 0 ? [] : [`  more(["… and ${countOf(more, 'node')} more"]):::rest`]),
    ...edges.map(({ from, to }) => `  n${from} --> n${to}`),
    ...used.flatMap(([name, colour]) =>
      [
        `  classDef ${name}Changed fill:${colour},stroke:${colour},color:#ffffff`,
        `  classDef ${name}Removed fill:${colour},stroke:#000000,color:#ffffff,stroke-dasharray:4 3`,
        `  classDef ${name}Affected stroke:${colour},stroke-width:2px`,
      ].filter((line) => nodes.some((node) => line.includes(` ${styleOf(node)} `))),
    ),
    ...(more === 0 ? [] : ['  classDef rest stroke-dasharray:3 3']),
  ].join('\n');
}

function styleOf(node: PictureNode): string {
  if (node.change === undefined) return `${node.class}Affected`;
  return node.change === 'removed' ? `${node.class}Removed` : `${node.class}Changed`;
}

const shapes: Readonly<Record<string, readonly [open: string, close: string]>> = {
  source: ['[(', ')]'],
  seed: ['[(', ')]'],
  exposure: ['([', '])'],
  metric: ['{{', '}}'],
  snapshot: ['[[', ']]'],
};

function shapeOf({ name, resourceType }: PictureNode): string {
  const [open, close] = shapes[resourceType] ?? ['[', ']'];
  return `${open}"${mermaidLabel(name)}"${close}`;
}

/** A text that means nothing but itself inside quotes: Mermaid reads `#42;` as the character with this number. */
export function mermaidLabel(text: string): string {
  return shorten(text.replace(/\s+/g, ' '), longestName).replace(
    /[^\p{L}\p{N}_ …/-]/gu,
    (character) => `#${character.codePointAt(0)};`,
  );
}
