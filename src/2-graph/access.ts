import type { Project } from '../1-parse/index.ts';
import type { Diagnostic, GraphNode, RefArguments, RefableNode, Span } from '../core/index.ts';
import { error, warning } from '../core/index.ts';
import type { Reader } from './references.ts';

/**
 * A read that `access:` forbids. A private model is for nodes of its own group; a private or protected model of a
 * package with `restrict-access: true` is for that package only.
 */
export function accessViolation(
  project: Project,
  reader: Reader,
  target: RefableNode,
  span: Span,
): Diagnostic | undefined {
  if (target.resource_type !== 'model' || target.access === 'public') return undefined;
  const outside = reader.package_name !== target.package_name && restrictsAccess(project, target.package_name);
  if (target.access === 'protected') {
    return outside ? forbidden(reader, target, `'${target.package_name}' package`, span) : undefined;
  }
  const group = groupOf(project, reader);
  const allowed = group !== null && group === target.group && !outside;
  return allowed ? undefined : forbidden(reader, target, `'${target.group ?? ''}' group`, span);
}

/**
 * A package's node that reads a model of the project that uses the package, because names are looked up there first.
 * dbt warns of it too, unless the flag `require_ref_searches_node_package_before_root` is set.
 */
export function rootProjectRead(
  project: Project,
  reader: Reader,
  target: RefableNode,
  request: RefArguments,
  span: Span,
): Diagnostic | undefined {
  const isUpward = reader.package_name !== project.name && target.package_name === project.name;
  if (!isUpward || request.package === project.name) return undefined;
  if (project.settings.flags.require_ref_searches_node_package_before_root === true) return undefined;
  return warning(
    'graph/package-reads-project',
    `The node '${reader.name}' in package '${reader.package_name}' depends on the root project node '${target.unique_id}'`,
    { span, hint: 'Set the flag require_ref_searches_node_package_before_root to look in the package first' },
  );
}

/** A test belongs to the group of the model that it is attached to. */
function groupOf(project: Project, reader: Reader): string | null {
  if (reader.resource_type === 'exposure') return null;
  if (reader.group || reader.resource_type !== 'test' || reader.attached_node === null) return reader.group || null;
  return project.nodes.get(reader.attached_node)?.group || null;
}

function restrictsAccess(project: Project, packageName: string): boolean {
  return project.packages.get(packageName)?.raw['restrict-access'] === true;
}

function forbidden(reader: GraphNode, target: RefableNode, scope: string, span: Span): Diagnostic {
  const access = target.resource_type === 'model' ? target.access : '';
  return error(
    'graph/access',
    `Node ${reader.unique_id} attempted to reference node ${target.unique_id}, which is not allowed because the referenced node is ${access} to the ${scope}`,
    {
      span,
      notes: [{ message: `'${target.name}' is ${access}`, span: target.origin.properties ?? target.origin.definition }],
    },
  );
}
