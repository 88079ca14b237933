/**
 * One name in one frame, as a JavaScript variable.
 *
 * Jinja decides by reading the whole frame what a name means in it: a name that is read before it is set, or set only
 * in a branch, starts as the host's; one that is set first starts as missing, even where the host knows it; and one
 * that the frame around has too starts with the value there.
 */
export interface Variable {
  readonly name: string;
  /** The JavaScript variable. */
  readonly id: string;
  /** What a read finds while nothing is stored: nothing at all, the host's value, or always stored (a parameter). */
  readonly fallback: 'missing' | 'host' | 'none';
  /** Whether the frame assigns it; an unassigned host name needs no variable of its own. */
  stored: boolean;
  /** The variable of the frame around whose value it starts with. */
  readonly alias: Variable | undefined;
  /** Set for `loop`, whose common attributes are compiled to plain reads. */
  readonly isLoop: boolean;
  /** False while the defaults of parameters before this one are evaluated. */
  bound: boolean;
}

/** Gives out unique JavaScript names. */
export class Names {
  private count = 0;
  fresh(prefix: string): string {
    return `${prefix}${this.count++}`;
  }
}

/** The names of one scope: a template, a macro, a loop body, a `with`, a captured block. */
export class Frame {
  readonly variables = new Map<string, Variable>();
  private readonly parent: Frame | undefined;
  private readonly names: Names;

  constructor(names: Names, parent?: Frame) {
    this.names = names;
    this.parent = parent;
  }

  inner(): Frame {
    return new Frame(this.names, this);
  }

  find(name: string): Variable | undefined {
    for (let frame: Frame | undefined = this; frame !== undefined; frame = frame.parent) {
      const variable = frame.variables.get(name);
      if (variable !== undefined) return variable;
    }
    return undefined;
  }

  /** The name is read here. */
  load(name: string): void {
    if (this.find(name) === undefined) this.define(name, { fallback: 'host' });
  }

  /** The name is assigned here; `inBranch` when that may not happen. */
  store(name: string, inBranch: boolean): void {
    const own = this.variables.get(name);
    if (own !== undefined) {
      own.stored = true;
      return;
    }
    const outer = this.parent?.find(name);
    if (outer !== undefined) this.define(name, { fallback: outer.fallback, alias: outer, stored: true });
    else this.define(name, { fallback: inBranch ? 'host' : 'missing', stored: true });
  }

  /** The name is a parameter, a loop target, or `loop`. */
  parameter(name: string, isLoop = false): Variable {
    return this.define(name, { fallback: 'none', stored: true, isLoop });
  }

  private define(name: string, given: Partial<Variable> & Pick<Variable, 'fallback'>): Variable {
    const id = this.names.fresh('v');
    const variable = { name, id, stored: false, alias: undefined, isLoop: false, bound: true, ...given };
    this.variables.set(name, variable);
    return variable;
  }
}
