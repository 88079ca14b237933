import type { ColumnMeaning, Value } from '../analyze/index.ts';
import type { Dialect } from '../dialect.ts';
import type { Problems } from '../parse/problems.ts';
import type { Statement } from '../statement-tree.ts';
import type {
  Binary,
  Column,
  DataType,
  Expression,
  Place,
  Query,
  QueryBody,
  SortItem,
  TableExpression,
} from '../tree.ts';
import { type SqlType, unknownType } from '../types/index.ts';
import { noSurroundings, type Surroundings } from './surroundings.ts';
import { typeOfForm } from './type-of-form.ts';

/**
 * What becomes of a kind of node: a function makes another one of it, `parts` keeps it and translates what it holds,
 * `refused` reports it as not available. There is no default: what nobody has decided on cannot be translated.
 */
export type Rule<Node, Result = Node> = ((node: Node, translation: Translation) => Result) | 'parts' | 'refused';

type RulesOf<Node extends { readonly kind: string }, Result> = {
  readonly [Kind in Node['kind']]: Rule<Extract<Node, { readonly kind: Kind }>, Result>;
};

/** How one dialect is said in another. */
export interface TranslationRules {
  readonly expressions: RulesOf<Expression, Expression>;
  readonly tables: RulesOf<TableExpression, TableExpression>;
  readonly bodies: RulesOf<QueryBody, QueryBody>;
  /** A statement can become several, or none. */
  readonly statements: RulesOf<Statement, readonly Statement[]>;
  readonly query: (node: Query, translation: Translation) => Query;
  readonly sortItem: (node: SortItem, translation: Translation) => SortItem;
  readonly type: (node: DataType, translation: Translation) => DataType;
  /** How kinds of nodes are called in messages: `match-recognize` → `MATCH_RECOGNIZE`. */
  readonly titles: Readonly<Record<string, string>>;
}

/** What is known of a text before it is translated. */
export interface Knowledge {
  readonly values: ReadonlyMap<Expression, Value>;
  readonly meanings: ReadonlyMap<Column, ColumnMeaning>;
}

/**
 * The translation of one text: rules call it for the nodes inside of theirs. They get the tree as it was read, so that
 * types can be asked for, and make a new one.
 */
export class Translation {
  readonly from: Dialect;
  readonly to: Dialect;
  readonly text: string;
  readonly #rules: TranslationRules;
  readonly #knowledge: Knowledge;
  readonly #problems: Problems;
  #surroundings = noSurroundings;

  constructor(
    dialects: { readonly from: Dialect; readonly to: Dialect },
    rules: TranslationRules,
    known: Knowledge & { readonly text: string; readonly problems: Problems },
  ) {
    this.from = dialects.from;
    this.to = dialects.to;
    this.text = known.text;
    this.#rules = rules;
    this.#knowledge = known;
    this.#problems = known.problems;
  }

  /** The type of an expression of the text as it was read; `unknown` if nothing is known. */
  typeOf(node: Expression): SqlType {
    const known = this.#knowledge.values.get(node)?.type ?? unknownType;
    return known.kind === 'unknown' ? typeOfForm(node) : known;
  }

  meaningOf(node: Column): ColumnMeaning | undefined {
    return this.#knowledge.meanings.get(node);
  }

  get surroundings(): Surroundings {
    return this.#surroundings;
  }

  /** Translates the inside of a query with what its FROM says. */
  within<Result>(surroundings: Partial<Surroundings>, translate: () => Result): Result {
    const before = this.#surroundings;
    this.#surroundings = { ...before, ...surroundings };
    try {
      return translate();
    } finally {
      this.#surroundings = before;
    }
  }

  /** Reports that something has no translation: `HASH is not available on …`. */
  refuse(place: Place, what: string, hint?: string): void {
    this.report('sql/not-available', place, `${what} is not available on ${this.to.title}.`, hint);
  }

  report(code: string, place: Place, message: string, hint?: string, severity: 'error' | 'warning' = 'error'): void {
    this.#problems.add(code, message, place.start, place.end, hint, severity);
  }

  expression = (node: Expression): Expression => {
    if (node.kind === 'binary') return this.#chain(node);
    return this.#apply(this.#rules.expressions[node.kind] as Rule<Expression>, node);
  };

  expressions = (nodes: readonly Expression[]): Expression[] => nodes.map(this.expression);

  table = (node: TableExpression): TableExpression =>
    this.#apply(this.#rules.tables[node.kind] as Rule<TableExpression>, node);

  body = (node: QueryBody): QueryBody => this.#apply(this.#rules.bodies[node.kind] as Rule<QueryBody>, node);

  query = (node: Query): Query => this.#rules.query(node, this);

  sortItem = (node: SortItem): SortItem => this.#rules.sortItem(node, this);

  type = (node: DataType): DataType => this.#rules.type(node, this);

  statement(node: Statement): readonly Statement[] {
    const rule = this.#rules.statements[node.kind] as Rule<Statement, readonly Statement[]>;
    if (rule === 'parts') return [this.parts(node)];
    if (rule === 'refused') {
      this.refuse(node, this.#title(node.kind));
      return [];
    }
    return rule(node, this);
  }

  /** The same node with what it holds translated. */
  parts<Node extends object>(node: Node): Node {
    const made: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(node)) made[key] = this.#part(value);
    return made as Node;
  }

  #part(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#part(item));
    if (typeof value !== 'object' || value === null) return value;
    const kind = 'kind' in value && typeof value.kind === 'string' ? value.kind : '';
    if (kind === 'query') return this.query(value as Query);
    if (kind === 'sort-item') return this.sortItem(value as SortItem);
    if (kind === 'data-type') return this.type(value as DataType);
    if (kind in this.#rules.expressions) return this.expression(value as Expression);
    if (kind in this.#rules.tables) return this.table(value as TableExpression);
    if (kind in this.#rules.bodies) return this.body(value as QueryBody);
    return this.parts(value);
  }

  #apply<Node extends { readonly kind: string } & Place>(rule: Rule<Node>, node: Node): Node {
    if (rule === 'parts') return this.parts(node);
    if (rule !== 'refused') return rule(node, this);
    this.refuse(node, this.#title(node.kind));
    return node;
  }

  /** Chains of operators are deep on their left side: thousands of terms must not need thousands of calls. */
  #chain(node: Binary): Expression {
    const rule = this.#rules.expressions.binary;
    if (rule === 'parts' || rule === 'refused') return this.#apply(rule as Rule<Binary>, node);
    const spine: Binary[] = [node];
    for (let left = node.left; left.kind === 'binary'; left = left.left) spine.push(left);
    let made = this.expression(spine.at(-1)!.left);
    for (const link of spine.reverse()) {
      this.#ready = { node: link.left, made };
      made = rule(link, this);
    }
    return made;
  }

  #ready: { readonly node: Expression; readonly made: Expression } | undefined;

  /** The left operand of a binary expression, which has been translated before. */
  left({ left }: Binary): Expression {
    return this.#ready?.node === left ? this.#ready.made : this.expression(left);
  }

  #title(kind: string): string {
    return this.#rules.titles[kind] ?? kind.replaceAll('-', ' ').toUpperCase();
  }
}
