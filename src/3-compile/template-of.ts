import type { CodeNode } from '../core/index.ts';
import { parseTemplate, type Template } from '../jinja/index.ts';
import type { CompilerInput } from './compilation.ts';

/** Of nodes that are compiled part by part. All others are compiled once, and their trees are not to be kept. */
const ofParts = new WeakMap<CodeNode, Template>();

/** The template of a node that is compiled for many parts of its data: it is parsed once. */
export function templateOfParts(node: CodeNode, input: CompilerInput): Template {
  const known = ofParts.get(node) ?? templateOf(node, input);
  ofParts.set(node, known);
  return known;
}

/**
 * The parsed template of a node's code, with positions in the file that it was read from: the code may begin further
 * down there (blank lines before it, a snapshot's block).
 */
export function templateOf(node: CodeNode, input: CompilerInput): Template {
  const { start } = node.origin.definition;
  return parseTemplate(' '.repeat(start) + node.raw_code, { file: fileOf(node, input), start });
}

/** The node's file as spans name it: relative to the root project. */
export function fileOf(node: Pick<CodeNode, 'package_name' | 'original_file_path'>, input: CompilerInput): string {
  const settings = input.graph.project.packages.get(node.package_name);
  return `${settings?.pathPrefix ?? ''}${node.original_file_path}`;
}
