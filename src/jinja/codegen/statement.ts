import type { MacroSignature } from '../signature.ts';
import type {
  CallBlockNode,
  CallNode,
  Expression,
  ForNode,
  IfNode,
  MacroNode,
  Parameter,
  SetBlockNode,
  SetNode,
  Spanned,
  Statement,
  Target,
  WithNode,
} from '../tree.ts';
import { collect, collectLoads, reads } from './collect.ts';
import { ExpressionWriter } from './expression.ts';
import type { Frame } from './frame.ts';
import { checkLoopAssignments, checkLoopTarget, isConstant, loopReads, membersOf, targetNames } from './static.ts';
import type { UnitWriter } from './writer.ts';
import { FunctionWriter } from './writer.ts';

/** Where the statements write: a string variable, a mapped output, or the parts of a native render. */
export interface Sink {
  readonly kind: 'text' | 'map' | 'parts';
  readonly id: string;
}

// What a loop may read of `loop` while its items are still being picked by the loop's own `if`.
const KNOWN_EARLY = new Set(['index', 'index0', 'first', 'depth', 'depth0', 'cycle', 'changed', 'previtem']);

/** Writes the statements of one function. */
export class StatementWriter {
  private readonly out: FunctionWriter;
  private readonly unit: UnitWriter;
  private readonly expressions: ExpressionWriter;
  private loops = 0;

  constructor(out: FunctionWriter) {
    this.out = out;
    this.unit = out.unit;
    this.expressions = new ExpressionWriter(out);
  }

  /** Declares the variables of a frame, each with the value it starts with. */
  declare(frame: Frame): void {
    for (const variable of frame.variables.values()) {
      const { alias, stored, fallback } = variable;
      // Parameters are declared where they are bound; what only begins as one is a variable like others.
      if (!stored || (fallback === 'none' && alias === undefined)) continue;
      this.out.line(`let ${variable.id}${alias?.stored ? `=${alias.id}` : ''};`);
    }
  }

  body(statements: readonly Statement[], frame: Frame, sink: Sink): void {
    for (const node of statements) this.statement(node, frame, sink);
  }

  private statement(node: Statement, frame: Frame, sink: Sink): void {
    switch (node.kind) {
      case 'text':
        this.text(node, sink);
        break;
      case 'print':
        this.print(node, node.value, frame, sink);
        break;
      case 'do':
        if (!this.directReturn(node.value, frame)) this.out.line(`${this.expressions.value(node.value, frame)};`);
        break;
      case 'set':
        this.set(node, frame);
        break;
      case 'set-block':
        this.setBlock(node, frame);
        break;
      case 'if':
        this.if(node, frame, sink);
        break;
      case 'for':
        this.for(node, frame, sink);
        break;
      case 'with':
        this.with(node, frame, sink);
        break;
      case 'macro':
        this.macro(node, frame, sink);
        break;
      case 'call-block':
        this.callBlock(node, frame, sink);
        break;
      case 'filter-block':
        this.capture(node.body, frame, (text, inner) =>
          this.write(node, this.expressions.filterChain(node.filter, text, inner), sink),
        );
        break;
      case 'scope':
        this.scope(node.body, frame, sink);
        break;
      case 'loop-control':
        if (this.loops === 0) this.unit.fail(`'${node.action}' outside loop`, node, 'TemplateSyntaxError');
        this.out.line(`${node.action};`);
        break;
    }
  }

  private if(node: IfNode, frame: Frame, sink: Sink): void {
    const { out } = this;
    out.soft++;
    for (const [index, { test, body }] of node.branches.entries()) {
      out.line(`${index === 0 ? '' : '}else '}if(${this.expressions.test(test, frame)}){`);
      this.body(body, frame, sink);
    }
    if (node.otherwise.length > 0) {
      out.line('}else{');
      this.body(node.otherwise, frame, sink);
    }
    out.line('}');
    out.soft--;
  }

  private text(node: Spanned, sink: Sink): void {
    const { out, unit } = this;
    if (sink.kind === 'map') {
      out.line(`${sink.id}.copy(${node.start},${node.end});`);
      return;
    }
    const text = unit.source.text.slice(node.start, node.end).replace(/\r\n?/g, '\n');
    // V8 reads the code of a template once; a long text would only make it read more.
    const code = text.length > 40 ? unit.constant(text) : JSON.stringify(text);
    out.line(sink.kind === 'parts' ? `${sink.id}.text(${code});` : `${sink.id}+=${code};`);
  }

  private print(node: Spanned, value: Expression, frame: Frame, sink: Sink): void {
    const { out, expressions } = this;
    if (this.directReturn(value, frame)) return;
    if (sink.kind === 'map' && value.kind === 'call') this.printCall(node, expressions.rawCall(value, frame), sink);
    else if (sink.kind === 'parts') {
      const method = isConstant(value) ? 'constant' : 'value';
      out.line(`${sink.id}.${method}(${expressions.value(value, frame)});`);
    } else this.write(node, expressions.value(value, frame), sink);
  }

  /** The output of a call, with the map of the macro that wrote it. */
  private printCall(node: Spanned, call: string, sink: Sink, check = ''): void {
    const waited = check + (check === '' ? this.out.wait(call) : `(${this.out.wait(call)})`);
    if (sink.kind === 'map') this.out.line(`PRINT(${sink.id},${waited},${node.start},${node.end});`);
    else this.write(node, this.unit.flavour.mapped ? `PL(${waited})` : waited, sink);
  }

  private write(node: Spanned, value: string, sink: Sink): void {
    const { out } = this;
    if (sink.kind === 'map') out.line(`${sink.id}.value(S(${value}),${node.start},${node.end});`);
    else if (sink.kind === 'parts') out.line(`${sink.id}.value(${value});`);
    else out.line(`${sink.id}+=S(${value});`);
  }

  /** `{{ return(x) }}` straight inside a macro is a JavaScript return: no exception, and the map of a call survives. */
  private directReturn(value: Expression, frame: Frame): boolean {
    if (!this.out.returnsDirectly || value.kind !== 'call') return false;
    const { callee, args } = value;
    if (callee.kind !== 'name' || callee.name !== 'return' || frame.find('return')?.stored) return false;
    const { positional, named, star, doubleStar } = args;
    if (positional.length !== 1 || named.length > 0 || star !== undefined || doubleStar !== undefined) return false;
    const result = positional[0]!;
    const code =
      result.kind === 'call'
        ? this.out.wait(this.expressions.rawCall(result, frame))
        : this.expressions.value(result, frame);
    this.out.line(`return ${code};`);
    return true;
  }

  private set(node: SetNode, frame: Frame): void {
    for (const object of membersOf(node.target)) {
      this.out.line(`NAMESPACE(${this.expressions.value(object, frame)},${this.out.at(object)});`);
    }
    this.assign(node.target, this.expressions.value(node.value, frame), frame);
  }

  /** Stores the code of a value in a target. */
  private assign(target: Target, code: string, frame: Frame): void {
    const { out } = this;
    if (target.kind === 'name') {
      out.line(`${frame.find(target.name)!.id}=${code};`);
      return;
    }
    if (target.kind === 'member') {
      const object = this.expressions.value(target.object, frame);
      out.line(`SETATTR(${object},${JSON.stringify(target.name)},${code},${out.at(target)});`);
      return;
    }
    const temp = out.temp();
    const parts = this.unit.names.fresh('u');
    out.line(`${temp}=${code};const ${parts}=UNPACK(${temp},${target.items.length},${out.at(target)});`);
    for (const [index, item] of target.items.entries()) this.assign(item, `${parts}[${index}]`, frame);
  }

  /** Runs statements into a fresh string; `use` gets its variable and the frame, whose names filters may read. */
  private capture(body: readonly Statement[], frame: Frame, use: (text: string, inner: Frame) => void): void {
    const id = this.unit.names.fresh('o');
    this.scope(body, frame, { kind: 'text', id }, `let ${id}='';`, (inner) => use(id, inner));
  }

  private scope(
    body: readonly Statement[],
    frame: Frame,
    sink: Sink,
    before = '',
    after?: (inner: Frame) => void,
  ): void {
    const inner = frame.inner();
    collect(inner, body, this.unit.environment.localMacros);
    this.out.line(`{${before}`);
    this.declare(inner);
    this.body(body, inner, sink);
    after?.(inner);
    this.out.line('}');
  }

  private setBlock(node: SetBlockNode, frame: Frame): void {
    this.capture(node.body, frame, (text, inner) => {
      const { filter } = node;
      this.assign(node.target, filter === undefined ? text : this.expressions.filterChain(filter, text, inner), frame);
    });
  }

  private with(node: WithNode, frame: Frame, sink: Sink): void {
    const inner = frame.inner();
    this.out.line('{');
    for (const { target } of node.bindings) this.parameters(target, inner);
    collect(inner, node.body, this.unit.environment.localMacros);
    for (const { target, value } of node.bindings) this.assign(target, this.expressions.value(value, frame), inner);
    this.declare(inner);
    this.body(node.body, inner, sink);
    this.out.line('}');
  }

  /** Declares the names of a target as parameters of a frame. */
  private parameters(target: Target, frame: Frame): void {
    if (target.kind === 'name') this.out.line(`let ${frame.parameter(target.name).id};`);
    else if (target.kind === 'targets') for (const item of target.items) this.parameters(item, frame);
  }

  private for(node: ForNode, frame: Frame, sink: Sink): void {
    checkLoopTarget(node.target, this.unit);
    checkLoopAssignments(node.body, this.unit);
    const items = this.expressions.value(node.items, frame);
    if (!node.recursive) {
      this.loop(node, items, frame, sink, undefined);
      return;
    }
    const { out, unit } = this;
    const name = unit.names.fresh('loop');
    const mapped = sink.kind === 'map';
    // A return inside leaves only this function, so it must travel as a signal.
    const inner = new StatementWriter(new FunctionWriter(unit, false));
    const id = unit.names.fresh('o');
    const target: Sink = { kind: mapped ? 'map' : 'text', id };
    inner.out.soft = out.soft;
    inner.out.line(mapped ? `const ${id}=MAP(f);` : `let ${id}='';`);
    inner.loop(node, 'items', frame, target, name);
    inner.out.line(mapped ? `return ${id}.done();` : `return ${id};`);
    out.line(`const ${name}=${unit.flavour.async ? 'async ' : ''}function(items,depth){`);
    out.line(inner.out.body());
    out.line('};');
    this.printCall(node.items, `${name}(${items},0)`, sink);
  }

  /** One loop over the code of an iterable. `recurse` is the function that runs the loop again, one level deeper. */
  private loop(node: ForNode, items: string, frame: Frame, sink: Sink, recurse: string | undefined): void {
    const { out, unit, expressions } = this;
    const { localMacros } = unit.environment;
    const inner = frame.inner();
    const uses = loopReads(node.body);
    const extended = node.recursive || uses.size > 0;
    const [all, index, ran] = [unit.names.fresh('s'), unit.names.fresh('i'), unit.names.fresh('n')];
    const loop = extended ? inner.parameter('loop', true).id : '';
    const eager = node.test !== undefined && extended && [...uses].some((use) => !KNOWN_EARLY.has(use));

    out.line(`{const ${all}=ITEMS(${items},${out.at(node.items)});let ${ran}=false;`);
    let source = all;
    if (eager) source = this.pick(node, all, frame);
    if (extended)
      out.line(`const ${loop}=new LOOP(${source},${recurse === undefined ? 'undefined,0' : `${recurse},depth`});`);
    out.line(`for(let ${index}=0;${index}<${source}.length;${index}++){`);
    this.parameters(node.target, inner);
    this.assign(node.target, `${source}[${index}]`, inner);
    if (node.test !== undefined && !eager) {
      const tested = frame.inner();
      for (const name of targetNames(node.target)) tested.variables.set(name, inner.variables.get(name)!);
      collectLoads(tested, node.test);
      out.line(`if(!${expressions.test(node.test, tested)})continue;`);
    }
    if (extended)
      out.line(node.test !== undefined && !eager ? `${loop}.step(${source}[${index}]);` : `${loop}.index0=${index};`);
    collect(inner, node.body, localMacros);
    this.declare(inner);
    this.loops++;
    this.body(node.body, inner, sink);
    this.loops--;
    if (node.otherwise.length > 0) out.line(`${ran}=true;`);
    out.line('}');
    if (node.otherwise.length > 0) {
      out.line(`if(!${ran})`);
      this.scope(node.otherwise, frame, sink);
    }
    out.line('}');
  }

  /** The items that pass the loop's `if`, picked before the first turn because the loop asks for its length. */
  private pick(node: ForNode, all: string, frame: Frame): string {
    const { out, unit } = this;
    const tested = frame.inner();
    const [picked, index] = [unit.names.fresh('s'), unit.names.fresh('i')];
    out.line(`const ${picked}=[];for(let ${index}=0;${index}<${all}.length;${index}++){`);
    this.parameters(node.target, tested);
    this.assign(node.target, `${all}[${index}]`, tested);
    collectLoads(tested, node.test);
    out.line(`if(${this.expressions.test(node.test!, tested)})${picked}.push(${all}[${index}]);}`);
    return picked;
  }

  private macro(node: MacroNode, frame: Frame, sink: Sink): void {
    if (node.definition === 'snapshot') this.scope(node.body, frame, sink);
    if (node.definition === 'snapshot' || !this.unit.environment.localMacros) return;
    const { code, signature } = functionCode(this.unit, node.parameters, node.body, frame, true);
    this.out.line(
      `${frame.find(node.name)!.id}=LOCAL(f,${JSON.stringify(node.name)},${JSON.stringify(signature)},${code});`,
    );
  }

  private callBlock(node: CallBlockNode, frame: Frame, sink: Sink): void {
    const { code, signature } = functionCode(this.unit, node.parameters, node.body, frame, false);
    const caller = `LOCAL(f,"caller",${JSON.stringify(signature)},${code})`;
    const call: CallNode = node.call;
    this.printCall(node, this.expressions.rawCall(call, frame, caller), sink, 'TEXT');
  }
}

/** The whole JavaScript function around what a writer wrote; the outermost one of a unit keeps the host names. */
export function functionText(out: FunctionWriter, takesReturn: boolean, isUnit: boolean): string {
  const body = out.body();
  const hosts =
    isUnit && out.unit.hostNames.size > 0 ? `let ${Array.from(out.unit.hostNames.values()).join(',')};` : '';
  const head = out.unit.flavour.async ? 'async function' : 'function';
  return `${head}(f,b){let p=0;${hosts}try{${body}}catch(e){return f.caught(e,p,${takesReturn});}}`;
}

/**
 * The code of a macro or call block as a JavaScript function `(f, b)`: f the activation, b the bound arguments.
 *
 * @param takesReturn true for macros: a `return()` in their body ends them.
 */
export function functionCode(
  unit: UnitWriter,
  parameters: readonly Parameter[],
  body: readonly Statement[],
  outer: Frame,
  takesReturn: boolean,
  isUnit = false,
): { code: string; signature: MacroSignature } {
  const out = new FunctionWriter(unit, takesReturn);
  const writer = new StatementWriter(out);
  const expressions = new ExpressionWriter(out);
  const frame = outer.inner();
  const names = parameters.map(({ name }) => name);
  const twice = parameters.find(({ name }, index) => names.indexOf(name) < index);
  if (twice !== undefined) unit.fail(`duplicate argument '${twice.name}'`, twice, 'TemplateSyntaxError');
  const special = (name: string): boolean => reads(body, name) && !names.includes(name);
  const explicitCaller = parameters.find(({ name }) => name === 'caller');
  if (explicitCaller !== undefined && explicitCaller.defaultValue === undefined && reads(body, 'caller')) {
    const text =
      'When defining macros or call blocks the special "caller" argument must be omitted or be given a default.';
    unit.fail(text, explicitCaller, 'TemplateAssertionError');
  }
  const signature = {
    parameters: names,
    caller: special('caller'),
    kwargs: special('kwargs'),
    varargs: special('varargs'),
  };
  const extra = (['caller', 'kwargs', 'varargs'] as const).filter((name) => signature[name]);
  const variables = [...names, ...extra].map((name) => frame.parameter(name));
  for (const { defaultValue } of parameters) collectLoads(frame, defaultValue);
  collect(frame, body, unit.environment.localMacros);

  for (const [index, variable] of variables.entries()) {
    variable.bound = index >= parameters.length;
    out.line(`let ${variable.id}=b[${index}];`);
  }
  for (const [index, parameter] of parameters.entries()) {
    const variable = variables[index]!;
    const value =
      parameter.defaultValue === undefined
        ? `NOARG(${JSON.stringify(parameter.name)})`
        : expressions.value(parameter.defaultValue, frame);
    out.line(`if(${variable.id}===undefined)${variable.id}=${value};`);
    variable.bound = true;
  }
  writer.declare(frame);
  const { mapped } = unit.flavour;
  out.line(mapped ? 'const o=MAP(f);' : "let o='';");
  writer.body(body, frame, { kind: mapped ? 'map' : 'text', id: 'o' });
  out.line(mapped ? 'return o.done();' : 'return o;');
  return { code: functionText(out, takesReturn, isUnit), signature };
}
