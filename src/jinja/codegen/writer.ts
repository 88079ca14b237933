import type { Environment } from '../activation.ts';
import { TemplateError } from '../errors.ts';
import type { Source } from '../source.ts';
import type { Spanned } from '../tree.ts';
import { Names } from './frame.ts';

/** How a function is compiled. */
export interface Flavour {
  readonly async: boolean;
  readonly mapped: boolean;
}

/** What one compiled unit collects: its code's constants, sites and host names. */
export class UnitWriter {
  readonly source: Source;
  readonly environment: Environment;
  readonly flavour: Flavour;
  readonly names = new Names();
  readonly spans: number[] = [];
  readonly constants: unknown[] = [];
  /** Names asked of the host, each with the variable that keeps the answer. */
  readonly hostNames = new Map<string, string>();

  constructor(source: Source, environment: Environment, flavour: Flavour) {
    this.source = source;
    this.environment = environment;
    this.flavour = flavour;
  }

  /** The number of a span, for the position of an operation. */
  site(node: Spanned): number {
    this.spans.push(node.start, node.end);
    return this.spans.length / 2 - 1;
  }

  /** The code of a value that cannot be written as source. */
  constant(value: unknown): string {
    return `K[${this.constants.push(value) - 1}]`;
  }

  /** The code that reads a host name, asked for once. */
  hostName(name: string): string {
    let id = this.hostNames.get(name);
    if (id === undefined) {
      id = this.names.fresh('r');
      this.hostNames.set(name, id);
    }
    // A None is asked for again, which does no harm and keeps the code short.
    return `(${id}??=f.resolve(${JSON.stringify(name)}))`;
  }

  fail(
    message: string,
    node: Spanned,
    errorClass: 'TemplateSyntaxError' | 'TemplateAssertionError',
    unknown?: TemplateError['unknown'],
  ): never {
    throw Object.assign(new TemplateError(message, errorClass).locate(this.source, node.start, node.end), { unknown });
  }
}

/** One JavaScript function being written. Functions nest: call blocks, local macros, recursive loops. */
export class FunctionWriter {
  readonly unit: UnitWriter;
  /** Whether `{{ return(x) }}` here can be a JavaScript return of the macro. */
  readonly returnsDirectly: boolean;
  private readonly lines: string[] = [];
  private readonly temps: string[] = [];
  /** Above zero inside `if`, where an unknown filter is an error only when it is reached. */
  soft = 0;

  constructor(unit: UnitWriter, returnsDirectly: boolean) {
    this.unit = unit;
    this.returnsDirectly = returnsDirectly;
  }

  line(code: string): void {
    this.lines.push(code);
  }

  temp(): string {
    const name = this.unit.names.fresh('t');
    this.temps.push(name);
    return name;
  }

  /** The position argument of an operation: assigned only after its operands were evaluated. */
  at(node: Spanned): string {
    return `p=${this.unit.site(node)}`;
  }

  /** Code that waits where the value is a Promise. */
  wait(code: string): string {
    if (!this.unit.flavour.async) return code;
    const temp = this.temp();
    return `((${temp}=${code}) instanceof Promise?await ${temp}:${temp})`;
  }

  /** The declarations and lines of the function's body. */
  body(): string {
    const declared = this.temps.length > 0 ? `let ${this.temps.join(',')};` : '';
    return declared + this.lines.join('\n');
  }
}
