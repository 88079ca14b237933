import type { Activation, Environment, Unit } from '../activation.ts';
import type { Rope } from '../map.ts';
import type { NativeParts } from '../runtime.ts';
import { RUNTIME } from '../runtime.ts';
import type { MacroSignature } from '../signature.ts';
import type { Source } from '../source.ts';
import type { Template } from '../template.ts';
import type { MacroNode } from '../tree.ts';
import type { Value } from '../values.ts';
import { collect } from './collect.ts';
import { Frame } from './frame.ts';
import { functionCode, functionText, StatementWriter } from './statement.ts';
import { runStraight, runStraightNative, straightTemplate } from './straight.ts';
import type { Flavour } from './writer.ts';
import { FunctionWriter, UnitWriter } from './writer.ts';

type Output<Result> = Result | Promise<Result>;

/** A compiled template or macro: the function to run, and what its `at` numbers mean. */
export interface Compiled<Result> {
  readonly unit: Unit;
  readonly signature: MacroSignature | undefined;
  run(activation: Activation, args: readonly (Value | undefined)[]): Output<Result>;
}

/** Code by owner, then by flavour. */
interface KeptCode {
  get(owner: object): Map<string, unknown> | undefined;
  set(owner: object, flavours: Map<string, unknown>): unknown;
}

function cached<Result>(kept: KeptCode, owner: object, key: string, make: () => Result): Result {
  let flavours = kept.get(owner);
  if (flavours === undefined) {
    flavours = new Map();
    kept.set(owner, flavours);
  }
  let compiled = flavours.get(key);
  if (compiled === undefined) {
    compiled = make();
    flavours.set(key, compiled);
  }
  return compiled as Result;
}

/** Turns generated code into a function that sees its constants and the parts of the runtime that it names. */
function load<Result>(writer: UnitWriter, code: string, signature?: MacroSignature): Compiled<Result> {
  const names = new Set(code.match(/\b[A-Z]+\b/g)?.filter((name) => Object.hasOwn(RUNTIME, name)));
  // The parentheses tell V8 to compile the function at once instead of reading it twice.
  const build = new Function('K', ...names, `"use strict";return (${code})`);
  const run = build(writer.constants, ...Array.from(names, (name) => RUNTIME[name])) as Compiled<Result>['run'];
  return { unit: { source: writer.source, spans: writer.spans }, signature, run };
}

function keyOf(flavour: Flavour): string {
  return `${flavour.async ? 'async' : 'sync'}${flavour.mapped ? '+map' : ''}`;
}

/** A template's code. The same tree serves every flavour; each is made when first asked for, and kept. */
export function compileTemplate(
  template: Template,
  environment: Environment,
  flavour: Flavour,
): Compiled<string | Rope> {
  return cached(template.compiled, environment, keyOf(flavour), () => {
    const straight = straightTemplate(template);
    if (straight) {
      return { unit: straight.unit, signature: undefined, run: (activation) => runStraight(activation, straight) };
    }
    const writer = new UnitWriter(template.source, environment, flavour);
    return load<string | Rope>(writer, rootCode(writer, template, flavour.mapped ? 'map' : 'text'));
  });
}

/** A template's code for a native render, which gives values instead of text. */
export function compileNative(template: Template, environment: Environment, flavour: Flavour): Compiled<NativeParts> {
  return cached(template.compiled, environment, `${keyOf(flavour)}+native`, () => {
    const straight = straightTemplate(template);
    if (straight) {
      return {
        unit: straight.unit,
        signature: undefined,
        run: (activation) => runStraightNative(activation, straight),
      };
    }
    const writer = new UnitWriter(template.source, environment, flavour);
    return load<NativeParts>(writer, rootCode(writer, template, 'parts'));
  });
}

function rootCode(writer: UnitWriter, template: Template, kind: 'text' | 'map' | 'parts'): string {
  const out = new FunctionWriter(writer, false);
  const statements = new StatementWriter(out);
  const frame = new Frame(writer.names);
  collect(frame, template.body, writer.environment.localMacros);
  statements.declare(frame);
  out.line(kind === 'text' ? "let o='';" : kind === 'map' ? 'const o=MAP(f);' : 'const o=new PARTS();');
  statements.body(template.body, frame, { kind, id: 'o' });
  out.line(kind === 'map' ? 'return o.done();' : 'return o;');
  return functionText(out, false, true);
}

/** A macro's code, made when it is first called. */
export function compileMacro(
  source: Source,
  node: MacroNode,
  environment: Environment,
  flavour: Flavour,
): Compiled<Value | Rope> {
  return cached(environment.compiled, node, keyOf(flavour), () => {
    const writer = new UnitWriter(source, environment, flavour);
    const { code, signature } = functionCode(writer, node.parameters, node.body, new Frame(writer.names), true, true);
    return load<Value | Rope>(writer, code, signature);
  });
}
