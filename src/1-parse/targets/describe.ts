import { isMapping } from '../../core/index.ts';
import { yamlScope } from '../settings/index.ts';
import { renderYaml } from '../yaml/index.ts';
import { findProfile, type ReadTargetRequest } from './read.ts';

/** What can be said of a target without its credentials. */
export interface DescribedTarget {
  readonly name: string;
  readonly profileName: string;
  /** As written; undefined where that is a template. */
  readonly type: string | undefined;
  readonly dialect: string | undefined;
}

/** Looks at the target of a command without rendering it: no secret has to be there. Undefined where there is none. */
export function describeTarget(request: ReadTargetRequest): DescribedTarget | undefined {
  const scope = yamlScope({ functions: request.functions, environment: request.environment });
  const { profile } = findProfile(request, scope);
  if (!profile) return undefined;
  const { text, file, defaultPath: at } = profile;
  const name = request.targetName ?? renderYaml(profile.defaultTarget ?? 'default', { scope, text, file, at }).value;
  const output = Object.hasOwn(profile.outputs, String(name)) ? profile.outputs[String(name)] : undefined;
  if (!isMapping(output)) return undefined;
  return {
    name: String(name),
    profileName: profile.name,
    type: plainText(output.type),
    dialect: plainText(output.dialect),
  };
}

const plainText = (value: unknown): string | undefined =>
  typeof value === 'string' && !value.includes('{{') ? value : undefined;
