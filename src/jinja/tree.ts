import type { Float } from './values.ts';

/** Every node knows its span: UTF-16 offsets into the source, the end exclusive. */
export interface Spanned {
  readonly start: number;
  readonly end: number;
}

export type Constant = string | number | bigint | boolean | null | Float;

export interface Arguments {
  readonly positional: readonly Expression[];
  readonly named: readonly NamedArgument[];
  readonly star: Expression | undefined;
  readonly doubleStar: Expression | undefined;
}

export interface NamedArgument extends Spanned {
  readonly name: string;
  readonly value: Expression;
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**';
export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in';

export type Expression =
  | ConstantNode
  | NameNode
  | ListNode
  | TupleNode
  | DictNode
  | UnaryNode
  | BinaryNode
  | LogicNode
  | ConcatNode
  | CompareNode
  | ConditionalNode
  | AttributeNode
  | ItemNode
  | SliceNode
  | CallNode
  | FilterNode
  | TestNode;

export interface ConstantNode extends Spanned {
  readonly kind: 'constant';
  readonly value: Constant;
}
export interface NameNode extends Spanned {
  readonly kind: 'name';
  readonly name: string;
}
export interface ListNode extends Spanned {
  readonly kind: 'list';
  readonly items: readonly Expression[];
}
export interface TupleNode extends Spanned {
  readonly kind: 'tuple';
  readonly items: readonly Expression[];
}
export interface DictNode extends Spanned {
  readonly kind: 'dict';
  readonly pairs: readonly { readonly key: Expression; readonly value: Expression }[];
}
export interface UnaryNode extends Spanned {
  readonly kind: 'unary';
  readonly operator: '-' | '+' | 'not';
  readonly operand: Expression;
}
export interface BinaryNode extends Spanned {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}
export interface LogicNode extends Spanned {
  readonly kind: 'logic';
  readonly operator: 'and' | 'or';
  readonly left: Expression;
  readonly right: Expression;
}
export interface ConcatNode extends Spanned {
  readonly kind: 'concat';
  readonly parts: readonly Expression[];
}
export interface CompareNode extends Spanned {
  readonly kind: 'compare';
  readonly first: Expression;
  readonly rest: readonly { readonly operator: CompareOperator; readonly right: Expression }[];
}
export interface ConditionalNode extends Spanned {
  readonly kind: 'conditional';
  readonly test: Expression;
  readonly then: Expression;
  readonly otherwise: Expression | undefined;
}
export interface AttributeNode extends Spanned {
  readonly kind: 'attribute';
  readonly object: Expression;
  readonly name: string;
}
export interface ItemNode extends Spanned {
  readonly kind: 'item';
  readonly object: Expression;
  readonly index: Expression;
}
export interface SliceNode extends Spanned {
  readonly kind: 'slice';
  readonly from: Expression | undefined;
  readonly to: Expression | undefined;
  readonly step: Expression | undefined;
}
export interface CallNode extends Spanned {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly args: Arguments;
}
export interface FilterNode extends Spanned {
  readonly kind: 'filter';
  /** Undefined where the filter stands in a filter block or set block: it then takes the block's text. */
  readonly value: Expression | undefined;
  readonly name: string;
  readonly args: Arguments;
}
export interface TestNode extends Spanned {
  readonly kind: 'test';
  readonly value: Expression;
  readonly name: string;
  readonly args: Arguments;
}

/** What can stand left of `=`, after `for`, or in `with`. */
export type Target = NameNode | TargetTuple | TargetMember;
export interface TargetTuple extends Spanned {
  readonly kind: 'targets';
  readonly items: readonly Target[];
}
export interface TargetMember extends Spanned {
  readonly kind: 'member';
  readonly object: NameNode;
  readonly name: string;
}

export type Statement =
  | TextNode
  | PrintNode
  | SetNode
  | SetBlockNode
  | IfNode
  | ForNode
  | DoNode
  | WithNode
  | MacroNode
  | CallBlockNode
  | FilterBlockNode
  | ScopeNode
  | LoopControlNode;

export interface TextNode extends Spanned {
  readonly kind: 'text';
}
export interface PrintNode extends Spanned {
  readonly kind: 'print';
  readonly value: Expression;
}
export interface SetNode extends Spanned {
  readonly kind: 'set';
  readonly target: Target;
  readonly value: Expression;
}
export interface SetBlockNode extends Spanned {
  readonly kind: 'set-block';
  readonly target: Target;
  readonly filter: FilterNode | undefined;
  readonly body: readonly Statement[];
}
export interface IfNode extends Spanned {
  readonly kind: 'if';
  readonly branches: readonly { readonly test: Expression; readonly body: readonly Statement[] }[];
  readonly otherwise: readonly Statement[];
}
export interface ForNode extends Spanned {
  readonly kind: 'for';
  readonly target: Target;
  readonly items: Expression;
  readonly test: Expression | undefined;
  readonly recursive: boolean;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}
export interface DoNode extends Spanned {
  readonly kind: 'do';
  readonly value: Expression;
}
export interface WithNode extends Spanned {
  readonly kind: 'with';
  readonly bindings: readonly { readonly target: Target; readonly value: Expression }[];
  readonly body: readonly Statement[];
}
export interface Parameter extends Spanned {
  readonly name: string;
  /** dbt's optional type annotation, as written. */
  readonly type: string | undefined;
  readonly defaultValue: Expression | undefined;
}
export type DefinitionKind = 'macro' | 'test' | 'materialization' | 'snapshot' | 'docs';
export interface MacroNode extends Spanned {
  readonly kind: 'macro';
  readonly definition: DefinitionKind;
  /** The name as written. */
  readonly name: string;
  /** The name by which dbt knows it: test_x, materialization_x_adapter; else the name as written. */
  readonly fullName: string;
  readonly adapter: string | undefined;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[];
  /** Where the opening tag ends and the closing tag begins. */
  readonly bodyStart: number;
  readonly bodyEnd: number;
}
export interface CallBlockNode extends Spanned {
  readonly kind: 'call-block';
  readonly call: CallNode;
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[];
}
export interface FilterBlockNode extends Spanned {
  readonly kind: 'filter-block';
  readonly filter: FilterNode;
  readonly body: readonly Statement[];
}
/** A body with names of its own: `autoescape`, `block`, and a snapshot rendered in place. */
export interface ScopeNode extends Spanned {
  readonly kind: 'scope';
  readonly body: readonly Statement[];
}
export interface LoopControlNode extends Spanned {
  readonly kind: 'loop-control';
  readonly action: 'break' | 'continue';
}
