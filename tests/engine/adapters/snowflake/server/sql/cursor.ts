import { type SqlError, syntaxError } from '../errors.ts';
import { firstToken, type Group, isGroup, type Node } from './nodes.ts';
import type { Token } from './tokens.ts';

/** Reads nodes from left to right. */
export class Cursor {
  readonly nodes: readonly Node[];
  offset = 0;

  constructor(nodes: readonly Node[]) {
    this.nodes = nodes;
  }

  get done(): boolean {
    return this.offset >= this.nodes.length;
  }

  peek(ahead = 0): Node | undefined {
    return this.nodes[this.offset + ahead];
  }

  next(): Node {
    const node = this.nodes[this.offset];
    if (!node) throw this.unexpected();
    this.offset += 1;
    return node;
  }

  /** Whether the next words are these. */
  sees(...words: readonly string[]): boolean {
    return words.every((word, ahead) => isWord(this.peek(ahead), word));
  }

  seesAny(words: ReadonlySet<string>): boolean {
    const node = this.peek();
    return node?.kind === 'word' && words.has(node.value);
  }

  seesSymbol(text: string, ahead = 0): boolean {
    const node = this.peek(ahead);
    return node?.kind === 'symbol' && node.text === text;
  }

  /** Takes these words when they come next. */
  accept(...words: readonly string[]): boolean {
    if (!this.sees(...words)) return false;
    this.offset += words.length;
    return true;
  }

  acceptSymbol(text: string): boolean {
    if (!this.seesSymbol(text)) return false;
    this.offset += 1;
    return true;
  }

  expect(...words: readonly string[]): void {
    for (const word of words) if (!this.accept(word)) throw this.unexpected();
  }

  expectSymbol(text: string): void {
    if (!this.acceptSymbol(text)) throw this.unexpected();
  }

  acceptGroup(): Group | undefined {
    const node = this.peek();
    if (!isGroup(node)) return undefined;
    this.offset += 1;
    return node;
  }

  expectGroup(): Group {
    const group = this.acceptGroup();
    if (!group) throw this.unexpected();
    return group;
  }

  /** A name, folded: upper case unless quoted. */
  expectName(): string {
    const node = this.peek();
    if (node?.kind !== 'word' && node?.kind !== 'quoted') throw this.unexpected();
    this.offset += 1;
    return node.value;
  }

  expectWord(): string {
    const node = this.peek();
    if (node?.kind !== 'word') throw this.unexpected();
    this.offset += 1;
    return node.value;
  }

  expectString(): string {
    const node = this.peek();
    if (node?.kind !== 'string') throw this.unexpected();
    this.offset += 1;
    return node.value;
  }

  acceptString(): string | undefined {
    return this.peek()?.kind === 'string' ? this.expectString() : undefined;
  }

  expectNumber(): number {
    const node = this.peek();
    if (node?.kind !== 'number') throw this.unexpected();
    this.offset += 1;
    return Number(node.text);
  }

  /** A dotted name: `a`, `a.b`, `a.b.c`. */
  expectPath(): string[] {
    const path = [this.expectName()];
    while (this.acceptSymbol('.')) path.push(this.seesSymbol('.') ? '' : this.expectName());
    return path;
  }

  rest(): readonly Node[] {
    const rest = this.nodes.slice(this.offset);
    this.offset = this.nodes.length;
    return rest;
  }

  /** Nodes up to one of these words on this level. */
  until(words: ReadonlySet<string>): Node[] {
    const found: Node[] = [];
    while (!this.done && !this.seesAny(words)) found.push(this.next());
    return found;
  }

  expectEnd(): void {
    if (!this.done) throw this.unexpected();
  }

  unexpected(): SqlError {
    const node = this.peek();
    if (node) return syntaxError(firstToken(node).place, firstToken(node).text);
    const last = this.nodes.at(-1);
    return syntaxError(last ? firstToken(last).place : { line: 1, position: 0 }, '<EOF>');
  }
}

export const isWord = (node: Node | undefined, word: string): node is Token =>
  node?.kind === 'word' && node.value === word;
