import type {
  Arguments,
  BinaryOperator,
  CallNode,
  CompareOperator,
  Constant,
  Expression,
  FilterNode,
  NameNode,
  TestNode,
} from '../tree.ts';
import { Float } from '../values.ts';
import { childrenOf } from './collect.ts';
import type { Frame, Variable } from './frame.ts';
import type { FunctionWriter } from './writer.ts';

/** The runtime's short names (see `runtime.ts`) that generated expressions use. */
const BINARY: Record<BinaryOperator, string> = {
  '+': 'ADD',
  '-': 'SUB',
  '*': 'MUL',
  '/': 'DIV',
  '//': 'FLO',
  '%': 'MOD',
  '**': 'POW',
};
const COMPARE: Record<CompareOperator, string> = {
  '==': 'EQ',
  '!=': 'NE',
  '<': 'LT',
  '<=': 'LE',
  '>': 'GT',
  '>=': 'GE',
  in: 'IN',
  'not in': 'NI',
};

const LOOP_READS: Record<string, (loop: string) => string> = {
  index: (loop) => `(${loop}.index0+1)`,
  index0: (loop) => `${loop}.index0`,
  first: (loop) => `(${loop}.index0===0)`,
  last: (loop) => `(${loop}.index0===${loop}.items.length-1)`,
  length: (loop) => `${loop}.items.length`,
};

function constantCode(value: Constant): string {
  if (value instanceof Float) return `new FL(${Object.is(value.value, -0) ? '-0' : value.value})`;
  if (typeof value === 'bigint') return `${value}n`;
  return JSON.stringify(value);
}

/** Whether something is called in an expression. */
function calls(node: Expression): boolean {
  return node.kind === 'call' || childrenOf(node).some((part) => part !== undefined && calls(part));
}

/** Writes expressions of one function as JavaScript. */
export class ExpressionWriter {
  private readonly out: FunctionWriter;

  constructor(out: FunctionWriter) {
    this.out = out;
  }

  /** The value of an expression. */
  value(node: Expression, frame: Frame): string {
    const { out } = this;
    switch (node.kind) {
      case 'constant':
        return constantCode(node.value);
      case 'name':
        return this.name(node, frame);
      case 'list':
        return `[${this.values(node.items, frame)}]`;
      case 'tuple':
        return `new TU([${this.values(node.items, frame)}])`;
      case 'dict': {
        if (node.pairs.length === 0) return 'new DI()';
        const pairs = node.pairs.map(({ key, value }) => `${this.value(key, frame)},${this.value(value, frame)}`);
        return `DICT([${pairs.join(',')}],${out.at(node)})`;
      }
      case 'unary':
        if (node.operator === 'not') return `!${this.test(node.operand, frame)}`;
        return `${node.operator === '-' ? 'NEG' : 'POS'}(${this.value(node.operand, frame)},${out.at(node)})`;
      case 'binary':
        return `${BINARY[node.operator]}(${this.value(node.left, frame)},${this.value(node.right, frame)},${out.at(node)})`;
      case 'logic': {
        const temp = out.temp();
        const [left, right] = [this.value(node.left, frame), this.value(node.right, frame)];
        return node.operator === 'and'
          ? `(B(${temp}=${left})?${right}:${temp})`
          : `(B(${temp}=${left})?${temp}:${right})`;
      }
      case 'concat':
        return this.concat(node.parts, frame);
      case 'compare':
        return this.compare(node, frame);
      case 'conditional':
        return this.conditional(node, frame);
      case 'attribute':
        return this.attribute(node, frame);
      case 'item':
        return this.item(node, frame);
      case 'slice':
        return out.unit.fail('a slice can stand only inside brackets', node, 'TemplateSyntaxError');
      case 'call': {
        const call = out.wait(this.rawCall(node, frame));
        return out.unit.flavour.mapped ? `PL(${call})` : call;
      }
      case 'filter':
        return this.filter(node, this.value(node.value!, frame), frame);
      case 'test':
        return this.testNode(node, frame);
    }
  }

  /** The printed form of an expression. */
  text(node: Expression, frame: Frame): string {
    if (node.kind === 'concat') return this.value(node, frame);
    return `S(${this.value(node, frame)})`;
  }

  /** A JavaScript boolean: the truth of an expression. */
  test(node: Expression, frame: Frame): string {
    if (node.kind === 'compare' || node.kind === 'test' || (node.kind === 'unary' && node.operator === 'not')) {
      return this.value(node, frame);
    }
    if (node.kind === 'logic') {
      return `(${this.test(node.left, frame)}${node.operator === 'and' ? '&&' : '||'}${this.test(node.right, frame)})`;
    }
    return `B(${this.value(node, frame)})`;
  }

  /** All parts are worked out before any is written: a later one may change what an earlier one is. */
  private concat(parts: readonly Expression[], frame: Frame): string {
    if (parts.length === 0) return '""';
    const changeable = parts.findIndex((part) => part.kind !== 'constant');
    if (parts.slice(changeable + 1).some(calls)) return `[${this.values(parts, frame)}].map(S).join("")`;
    return `(${parts.map((part) => this.text(part, frame)).join('+')})`;
  }

  private values(nodes: readonly Expression[], frame: Frame): string {
    return nodes.map((node) => this.value(node, frame)).join(',');
  }

  private name(node: NameNode, frame: Frame): string {
    const variable = frame.find(node.name);
    // A name that no frame knows stands in a place that the analysis does not reach; the host may know it.
    return variable === undefined ? this.out.unit.hostName(node.name) : this.read(variable);
  }

  /** Reads a variable, or what stands for it while nothing is stored. */
  read(variable: Variable): string {
    const { id, name, fallback, stored, bound } = variable;
    const host = (): string => this.out.unit.hostName(name);
    if (!stored) return host();
    if (fallback === 'none') return bound ? id : `(${id}===undefined?f.undefined(${JSON.stringify(name)}):${id})`;
    return `(${id}===undefined?${fallback === 'host' ? host() : `f.undefined(${JSON.stringify(name)})`}:${id})`;
  }

  private compare(node: Expression & { kind: 'compare' }, frame: Frame): string {
    const { out } = this;
    const parts: string[] = [];
    let left = this.value(node.first, frame);
    for (const [index, { operator, right }] of node.rest.entries()) {
      const isLast = index === node.rest.length - 1;
      const temp = isLast ? undefined : out.temp();
      const code = this.value(right, frame);
      parts.push(`${COMPARE[operator]}(${left},${temp === undefined ? code : `${temp}=${code}`},${out.at(node)})`);
      left = temp ?? '';
    }
    return parts.length === 1 ? parts[0]! : `(${parts.join('&&')})`;
  }

  private conditional(node: Expression & { kind: 'conditional' }, frame: Frame): string {
    const { out } = this;
    out.soft++;
    const test = this.test(node.test, frame);
    const then = this.value(node.then, frame);
    const otherwise =
      node.otherwise === undefined
        ? `NOELSE(${out.unit.source.lineColumn(node.start).line})`
        : this.value(node.otherwise, frame);
    out.soft--;
    return `(${test}?${then}:${otherwise})`;
  }

  private attribute(node: Expression & { kind: 'attribute' }, frame: Frame): string {
    if (node.object.kind === 'name') {
      const variable = frame.find(node.object.name);
      const read = Object.hasOwn(LOOP_READS, node.name) ? LOOP_READS[node.name] : undefined;
      if (variable?.isLoop && read !== undefined) return read(variable.id);
    }
    return `ATTR(f,${this.value(node.object, frame)},${JSON.stringify(node.name)},${this.out.at(node)})`;
  }

  private item(node: Expression & { kind: 'item' }, frame: Frame): string {
    const { out } = this;
    const object = this.value(node.object, frame);
    const { index } = node;
    if (index.kind !== 'slice') return `ITEM(f,${object},${this.value(index, frame)},${out.at(node)})`;
    const [from, to, step] = [index.from, index.to, index.step].map((part) =>
      part === undefined ? 'null' : this.value(part, frame),
    );
    return `SLICE(${object},${from},${to},${step},${out.at(node)})`;
  }

  /** A call as it comes: perhaps a Promise, perhaps (in mapped code) a rope. `caller` is the code of a call block. */
  rawCall(node: CallNode, frame: Frame, caller?: string): string {
    const { callee } = node;
    if (callee.kind === 'attribute') {
      const object = this.value(callee.object, frame);
      const args = this.args(node.args, frame, caller);
      return `CALLM(f,${object},${JSON.stringify(callee.name)},${args},${this.out.at(node)})`;
    }
    const code = this.value(callee, frame);
    return `CALL(f,${code},${this.args(node.args, frame, caller)},${this.out.at(node)})`;
  }

  /** Positional and keyword arguments, as two JavaScript expressions. */
  private args(args: Arguments, frame: Frame, caller?: string): string {
    const plain = this.values(args.positional, frame);
    const star = args.star === undefined ? '' : `${plain === '' ? '' : ','}...STAR(${this.value(args.star, frame)})`;
    const names = args.named.map(({ name }) => name);
    const values = args.named.map(({ value }) => this.value(value, frame));
    if (caller !== undefined) {
      names.push('caller');
      values.push(caller);
    }
    let keywords = 'undefined';
    if (names.length > 0) keywords = `KW(${JSON.stringify(names)},[${values.join(',')}])`;
    if (args.doubleStar !== undefined) keywords = `KWS(${keywords},${this.value(args.doubleStar, frame)})`;
    return `[${plain}${star}],${keywords}`;
  }

  /** A filter applied to the code of a value. */
  filter(node: FilterNode, value: string, frame: Frame): string {
    const { out } = this;
    const { environment } = out.unit;
    const known = environment.filters.get(node.name);
    if (known === undefined && out.soft === 0) {
      out.unit.fail(`No filter named '${node.name}'.`, node, 'TemplateAssertionError', {
        name: node.name,
        known: environment.filters.keys(),
      });
    }
    const filter =
      known === undefined ? `NOFILTER(${JSON.stringify(node.name)},${out.at(node)})` : out.unit.constant(known);
    const args = this.args(node.args, frame);
    const at = out.unit.site(node);
    return out.wait(`APPLY(f,${filter},${value},${args},p=${at})`);
  }

  /** Filters one after the other over a captured text. */
  filterChain(node: FilterNode, text: string, frame: Frame): string {
    const inner = node.value;
    return this.filter(node, inner?.kind === 'filter' ? this.filterChain(inner, text, frame) : text, frame);
  }

  private testNode(node: TestNode, frame: Frame): string {
    const { out } = this;
    const value = this.value(node.value, frame);
    if (node.name === 'defined') return `DEF(${value})`;
    if (node.name === 'undefined') return `!DEF(${value})`;
    if (node.name === 'none') return `((${value})===null)`;
    const known = out.unit.environment.tests.get(node.name);
    if (known === undefined && out.soft === 0) {
      out.unit.fail(`No test named '${node.name}'.`, node, 'TemplateAssertionError', {
        name: node.name,
        known: out.unit.environment.tests.keys(),
      });
    }
    const test =
      known === undefined ? `NOTEST(${JSON.stringify(node.name)},${out.at(node)})` : out.unit.constant(known);
    return `B(${out.wait(`APPLY(f,${test},${value},${this.args(node.args, frame)},${out.at(node)})`)})`;
  }
}
