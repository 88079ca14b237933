import type { TemplateFunction } from '../../core/index.ts';
import { HostObject, type Value } from '../../jinja/index.ts';

/** Every attribute is an empty text, as in dbt where a command needs no target. */
class NoTarget extends HostObject {
  override getAttribute(): Value {
    return '';
  }
}

const create = (): Value => new NoTarget();

/** `target` in the project file for commands that read no profile. */
export const noTarget: TemplateFunction = { name: 'target', create, createForYaml: create };
