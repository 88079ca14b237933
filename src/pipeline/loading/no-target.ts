import type { TemplateFunction } from '../../core/index.ts';
import { HostObject, hostFunction, type Value } from '../../jinja/index.ts';

/** An empty dict of which every member that is asked for is an empty text, as in dbt where a command needs no target. */
class NoTarget extends HostObject {
  override get typeName(): string {
    return 'dict';
  }

  override get isMapping(): boolean {
    return true;
  }

  override getAttribute(name: string): Value {
    if (name === 'get') return hostFunction(name, ([, fallback = null]) => fallback);
    return name === 'items' || name === 'keys' || name === 'values' ? hostFunction(name, () => []) : '';
  }

  override iterate(): Iterable<Value> {
    return [];
  }

  override length(): number {
    return 0;
  }
}

const create = (): Value => new NoTarget();

/** `target` in the project file for commands that read no profile. */
export const noTarget: TemplateFunction = { name: 'target', create, createForYaml: create };
