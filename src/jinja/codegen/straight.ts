import type { Activation, Unit } from '../activation.ts';
import { callValue, plain } from '../activation.ts';
import { str } from '../display.ts';
import { literalValue } from '../literal.ts';
import { MapBuilder, Rope } from '../map.ts';
import { NativeParts } from '../runtime.ts';
import type { Source } from '../source.ts';
import type { Template } from '../template.ts';
import type { CallNode, Expression, Spanned } from '../tree.ts';
import type { Value } from '../values.ts';

type Step =
  | { readonly kind: 'text'; readonly text: string; readonly node: Spanned }
  | { readonly kind: 'call'; readonly call: Call; readonly node: Spanned; readonly printed: boolean };

interface Call {
  readonly name: string;
  /** Its number in the unit's spans. */
  readonly site: number;
  /** Positional ones first. */
  readonly operands: readonly Operand[];
  /** Names of the last operands. */
  readonly keywords: readonly string[];
}

type Operand = { readonly kind: 'literal'; readonly node: Expression } | { readonly kind: 'call'; readonly call: Call };

type Result = Value | Rope | Promise<Value | Rope>;

/** A template without branches: what is done one after the other. */
export interface StraightTemplate {
  readonly steps: readonly Step[];
  readonly unit: Unit;
}

/**
 * The steps of a template that is nothing but text and calls of plain names, with literals or such calls as arguments;
 * else undefined.
 *
 * Most models are that simple, and are rendered once or twice: running their few steps costs a fraction of what it
 * takes to have code compiled.
 */
export function straightTemplate(template: Template): StraightTemplate | undefined {
  const { source } = template;
  const steps: Step[] = [];
  const spans: number[] = [];
  for (const node of template.body) {
    if (node.kind === 'text') {
      const text = source.text.slice(node.start, node.end).replace(/\r\n?/g, '\n');
      steps.push({ kind: 'text', text, node });
    } else if ((node.kind === 'print' || node.kind === 'do') && node.value.kind === 'call') {
      const call = straightCall(node.value, source, spans);
      if (call === undefined) return undefined;
      steps.push({ kind: 'call', call, node, printed: node.kind === 'print' });
    } else return undefined;
  }
  return { steps, unit: { source, spans } };
}

function straightCall({ callee, args, start, end }: CallNode, source: Source, spans: number[]): Call | undefined {
  if (callee.kind !== 'name' || args.star !== undefined || args.doubleStar !== undefined) return undefined;
  const site = spans.push(start, end) / 2 - 1;
  const operands: Operand[] = [];
  for (const node of [...args.positional, ...args.named.map(({ value }) => value)]) {
    if (node.kind === 'call') {
      const call = straightCall(node, source, spans);
      if (call === undefined) return undefined;
      operands.push({ kind: 'call', call });
    } else if (literalValue(node, source) === undefined) return undefined;
    else operands.push({ kind: 'literal', node });
  }
  return { name: callee.name, site, operands, keywords: args.named.map(({ name }) => name) };
}

/** Runs the steps; the result is a Promise only if one of the calls gave one. */
export function runStraight(
  activation: Activation,
  { steps }: StraightTemplate,
): string | Rope | Promise<string | Rope> {
  const out = activation.state.mapped ? new MappedOutput(activation.unit!.source) : new PlainOutput();
  return runFrom<string | Rope>(0, activation, steps, out);
}

/** As `runStraight`, for a native render. */
export function runStraightNative(
  activation: Activation,
  { steps }: StraightTemplate,
): NativeParts | Promise<NativeParts> {
  return runFrom<NativeParts>(0, activation, steps, new NativeOutput());
}

function runFrom<Done>(
  first: number,
  activation: Activation,
  steps: readonly Step[],
  out: Output<Done>,
): Done | Promise<Done> {
  for (let at = first; at < steps.length; at++) {
    const step = steps[at]!;
    if (step.kind === 'text') {
      out.text(step.text, step.node);
      continue;
    }
    const result = runCall(activation, step.call);
    if (result instanceof Promise) {
      return result.then((value) => {
        print(activation, step, value, out);
        return runFrom(at + 1, activation, steps, out);
      });
    }
    print(activation, step, result, out);
  }
  return out.done();
}

function print<Done>(
  activation: Activation,
  step: Step & { readonly kind: 'call' },
  result: Value | Rope,
  out: Output<Done>,
): void {
  if (!step.printed) return;
  try {
    out.result(result, step.node);
  } catch (error) {
    activation.caught(error, step.call.site, false);
  }
}

// The callee is looked up before the arguments, as in generated code: a project's macros are listed in that order.
function runCall(activation: Activation, call: Call): Result {
  return callWith(activation, call, activation.resolve(call.name), []);
}

/** Literals are made anew for every call: the callee may keep or change a list. */
function callWith(activation: Activation, call: Call, callee: Value, values: Value[]): Result {
  const { operands, keywords, site } = call;
  while (values.length < operands.length) {
    const operand = operands[values.length]!;
    if (operand.kind === 'literal') values.push(literalValue(operand.node, activation.unit!.source)!);
    else {
      const result = runCall(activation, operand.call);
      if (result instanceof Promise) {
        return result.then((value) => callWith(activation, call, callee, [...values, plain(value)]));
      }
      values.push(plain(result));
    }
  }
  try {
    const named = values.splice(values.length - keywords.length);
    const kwargs = named.length === 0 ? undefined : new Map(named.map((value, index) => [keywords[index]!, value]));
    const result = callValue(activation, site, callee, values, kwargs);
    return result instanceof Promise ? result.catch((error) => activation.caught(error, site, false)) : result;
  } catch (error) {
    return activation.caught(error, site, false);
  }
}

interface Output<Done> {
  text(text: string, node: Spanned): void;
  result(result: Value | Rope, node: Spanned): void;
  done(): Done;
}

class PlainOutput implements Output<string> {
  private printed = '';

  text(text: string): void {
    this.printed += text;
  }
  result(result: Value | Rope): void {
    this.printed += result instanceof Rope ? result.text : str(result);
  }
  done(): string {
    return this.printed;
  }
}

class MappedOutput implements Output<Rope> {
  private readonly map: MapBuilder;

  constructor(source: Source) {
    this.map = new MapBuilder(source);
  }
  text(text: string, { start, end }: Spanned): void {
    this.map.copy(start, end, text);
  }
  result(result: Value | Rope, { start, end }: Spanned): void {
    if (result instanceof Rope) this.map.macro(result, start, end);
    else this.map.value(str(result), start, end);
  }
  done(): Rope {
    return this.map.done();
  }
}

class NativeOutput implements Output<NativeParts> {
  private readonly parts = new NativeParts();

  text(text: string): void {
    this.parts.text(text);
  }
  result(result: Value | Rope): void {
    this.parts.value(plain(result));
  }
  done(): NativeParts {
    return this.parts;
  }
}
