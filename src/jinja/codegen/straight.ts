import type { Activation, Unit } from '../activation.ts';
import { callValue } from '../activation.ts';
import { str } from '../display.ts';
import { literalValue } from '../literal.ts';
import { MapBuilder, Rope } from '../map.ts';
import type { Template } from '../template.ts';
import type { CallNode, Spanned } from '../tree.ts';
import type { Value } from '../values.ts';

type Step =
  | { readonly kind: 'text'; readonly text: string; readonly node: Spanned }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly call: CallNode;
      readonly node: Spanned;
      readonly printed: boolean;
    };

/**
 * The steps of a template that is nothing but text and calls of plain names with literal arguments, else undefined.
 *
 * Most models are that simple, and are rendered once or twice: running their few steps costs a fraction of what it
 * takes to have code compiled.
 */
export function straightSteps(template: Template): readonly Step[] | undefined {
  const { source } = template;
  const steps: Step[] = [];
  for (const node of template.body) {
    if (node.kind === 'text') {
      const text = source.text.slice(node.start, node.end).replace(/\r\n?/g, '\n');
      steps.push({ kind: 'text', text, node });
    } else if ((node.kind === 'print' || node.kind === 'do') && node.value.kind === 'call') {
      const { callee, args } = node.value;
      if (callee.kind !== 'name' || args.star !== undefined || args.doubleStar !== undefined) return undefined;
      const values = [...args.positional, ...args.named.map(({ value }) => value)];
      if (values.some((value) => literalValue(value, source) === undefined)) return undefined;
      steps.push({ kind: 'call', name: callee.name, call: node.value, node, printed: node.kind === 'print' });
    } else return undefined;
  }
  return steps;
}

/** Site n is the call of step n. */
export function straightUnit(template: Template, steps: readonly Step[]): Unit {
  const spans = steps.flatMap((step) => (step.kind === 'call' ? [step.call.start, step.call.end] : [0, 0]));
  return { source: template.source, spans };
}

/** Runs the steps; the result is a Promise only if one of the calls gave one. */
export function runStraight(activation: Activation, steps: readonly Step[]): string | Rope | Promise<string | Rope> {
  const out = activation.state.mapped ? new MapBuilder(activation.unit!.source) : new PlainText();
  return runFrom(0, activation, steps, out);
}

function runFrom(
  first: number,
  activation: Activation,
  steps: readonly Step[],
  out: PlainText | MapBuilder,
): string | Rope | Promise<string | Rope> {
  let at = first;
  try {
    for (; at < steps.length; at++) {
      const step = steps[at]!;
      if (step.kind === 'text') out.copy(step.node.start, step.node.end, step.text);
      else {
        const result = call(activation, at, step.name, step.call);
        if (result instanceof Promise) return resume(result, at, activation, steps, out);
        if (step.printed) print(out, result, step.node);
      }
    }
    return out.done();
  } catch (error) {
    return activation.caught(error, at, false) as string;
  }
}

async function resume(
  waiting: Promise<Value | Rope>,
  at: number,
  activation: Activation,
  steps: readonly Step[],
  out: PlainText | MapBuilder,
): Promise<string | Rope> {
  try {
    const result = await waiting;
    const step = steps[at]!;
    if (step.kind === 'call' && step.printed) print(out, result, step.node);
  } catch (error) {
    return activation.caught(error, at, false) as string;
  }
  return runFrom(at + 1, activation, steps, out);
}

// Arguments are made anew for every call: the callee may keep or change a list.
function call(activation: Activation, at: number, name: string, node: CallNode): Value | Rope | Promise<Value | Rope> {
  const { source } = activation.unit!;
  const args = node.args.positional.map((value) => literalValue(value, source)!);
  const { named } = node.args;
  const kwargs =
    named.length === 0
      ? undefined
      : new Map(named.map((argument) => [argument.name, literalValue(argument.value, source)!]));
  return callValue(activation, at, activation.resolve(name), args, kwargs);
}

function print(out: PlainText | MapBuilder, result: Value | Rope, node: Spanned): void {
  if (result instanceof Rope) out.macro(result, node.start, node.end);
  else out.value(str(result), node.start, node.end);
}

/** Output without a map, with the methods of a MapBuilder. */
class PlainText {
  private text = '';

  copy(_start: number, _end: number, text: string): void {
    this.text += text;
  }
  value(printed: string, _start: number, _end: number): void {
    this.text += printed;
  }
  macro(rope: Rope, _start: number, _end: number): void {
    this.text += rope.text;
  }
  done(): string {
    return this.text;
  }
}
