// print: SQL tree → SQL text
import type { Dialect } from '../dialect.ts';
import type { Statement } from '../statement-tree.ts';
import type { DataType, Expression, Name, Query, TableExpression } from '../tree.ts';
import { bindingOf } from './binding.ts';
import { CommentFeed } from './comments.ts';
import { concat, type Doc, deferred, enclose, layOut } from './document.ts';
import { printExpression } from './expression.ts';
import { printName } from './names.ts';
import { printLogical } from './primary.ts';
import type { Printing } from './printing.ts';
import { printQuery } from './query.ts';
import { printStatement } from './statements/index.ts';
import { printTable } from './table.ts';
import { printType } from './types.ts';

/** What can be printed by itself. */
export type Printable = Statement | Query | Expression | TableExpression | DataType | Name;

/** How many characters a line has at most, where the text allows it. */
const WIDTH = 100;

/**
 * The text of a tree in a dialect: words in lower case, a clause a line where it does not fit on one, comments at their
 * places. Made trees get the parentheses and the quotes that they need. Reading what was printed gives an equal tree.
 */
export function printTree(node: Printable, dialect: Dialect): string {
  return layOut(new Printer(dialect).print(node), WIDTH);
}

/** Statements with a semicolon behind each, with empty lines between them. */
export function printScript(statements: readonly Statement[], dialect: Dialect): string {
  const printer = new Printer(dialect);
  return statements.map((statement) => layOut(printer.print(statement), WIDTH, ';')).join('\n\n');
}

/** Beyond this depth nothing fits on a line anyway; what stands deeper is printed later, so that the stack stays short. */
const DEPTH = 60;

class Printer implements Printing {
  readonly dialect: Dialect;
  comments: CommentFeed;
  private depth = 0;
  private readonly later: (() => void)[] = [];

  constructor(dialect: Dialect) {
    this.dialect = dialect;
    this.comments = new CommentFeed([], dialect.syntax.lexical);
  }

  print(node: Printable): Doc {
    const comments = 'comments' in node ? node.comments : [];
    this.comments = new CommentFeed(comments, this.dialect.syntax.lexical);
    const doc = this.node(node);
    for (let next = this.later.pop(); next !== undefined; next = this.later.pop()) next();
    return concat(doc, this.comments.inside(Number.POSITIVE_INFINITY));
  }

  private node(node: Printable): Doc {
    switch (node.kind) {
      case 'query':
        return this.query(node);
      case 'name':
        return printName(this, node);
      case 'data-type':
        return this.type(node);
      default:
        if ('comments' in node) return printStatement(this, node);
        return isTable(node) ? this.table(node) : this.expression(node);
    }
  }

  expression(node: Expression): Doc {
    return this.deep(() => concat(this.comments.before(node.start), printExpression(this, node)));
  }

  condition(node: Expression): Doc {
    if (node.kind !== 'logical') return this.expression(node);
    return this.deep(() => concat(this.comments.before(node.start), printLogical(this, node, true)));
  }

  operand(node: Expression, minimum: number): Doc {
    if (bindingOf(node, this.dialect) >= minimum) return this.expression(node);
    return enclose('(', this.condition(node), ')');
  }

  query(node: Query): Doc {
    return this.deep(() => concat(this.comments.before(node.start), printQuery(this, node)));
  }

  nested(node: Query, end: number): Doc {
    return enclose('(', concat(this.query(node), this.comments.inside(end)), ')');
  }

  table(node: TableExpression): Doc {
    return this.deep(() => printTable(this, node));
  }

  type(node: DataType): Doc {
    return this.deep(() => printType(this, node));
  }

  private deep(print: () => Doc): Doc {
    if (this.depth >= DEPTH) {
      const { doc, fill } = deferred();
      this.later.push(() => fill(print()));
      return doc;
    }
    this.depth++;
    const doc = print();
    this.depth--;
    return doc;
  }
}

const tables: ReadonlySet<string> = new Set<TableExpression['kind']>([
  'table',
  'derived-table',
  'table-function',
  'stage-table',
  'join',
  'nested-table',
  'pivoted-table',
  'match-recognize',
  'bad-table',
]);

function isTable(node: Expression | TableExpression): node is TableExpression {
  return tables.has(node.kind);
}
