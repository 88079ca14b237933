import type { Project } from '../1-parse/index.ts';
import { type Diagnostic, error, isRefable, isVersioned, type RefableNode, warning } from '../core/index.ts';

/** Models, seeds and snapshots that would be built under one name, or that one `ref()` would name. */
export function findDuplicates(project: Project): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const relations = new Map<string, RefableNode>();
  const names = new Map<string, RefableNode>();
  const mustBeUnique = project.settings.flags.require_unique_project_resource_names === true;
  for (const node of project.nodes.values()) {
    if (!isRefable(node)) continue;
    const relation = relationOf(node);
    const sameRelation = relations.get(relation);
    if (sameRelation === undefined) relations.set(relation, node);
    else diagnostics.push(sharedRelation(sameRelation, node));
    const name = `${node.package_name}.${node.name}`;
    const sameName = names.get(name);
    if (sameName === undefined) names.set(name, node);
    else if (!isVersioned(node) || !isVersioned(sameName)) {
      diagnostics.push(sharedName(sameName, node, mustBeUnique));
    }
  }
  return diagnostics;
}

function relationOf({ database, schema, alias }: RefableNode): string {
  return database === null ? `${schema}.${alias}` : `${database}.${schema}.${alias}`;
}

function sharedRelation(first: RefableNode, second: RefableNode): Diagnostic {
  return error(
    'graph/duplicate-relation',
    `'${first.unique_id}' (${first.original_file_path}) and '${second.unique_id}' (${second.original_file_path}) have the same relation ${relationOf(first)}`,
    {
      span: second.origin.definition,
      hint: 'Give one of them another alias, schema or database',
      notes: [{ message: `'${first.unique_id}' is defined here`, span: first.origin.definition }],
    },
  );
}

function sharedName(first: RefableNode, second: RefableNode, mustBeUnique: boolean): Diagnostic {
  const mixesVersions = isVersioned(first) || isVersioned(second);
  const report = mixesVersions || mustBeUnique ? error : warning;
  const which = mixesVersions ? 'a versioned and an unversioned model' : 'two resources';
  return report(
    'graph/duplicate-name',
    `Package '${first.package_name}' has ${which} with the name '${first.name}': '${first.unique_id}' (${first.original_file_path}) and '${second.unique_id}' (${second.original_file_path})`,
    {
      span: second.origin.definition,
      hint: `Rename one of them: ref('${first.name}') cannot tell them apart`,
      notes: [{ message: `'${first.unique_id}' is defined here`, span: first.origin.definition }],
    },
  );
}
