import { isOfDbt, type Project, readPartitionsOf, settingPlace } from '../1-parse/index.ts';
import { type Diagnostic, error, type Node, partitionShapes, warning } from '../core/index.ts';

/** What is wrong with the `partitions:` of models. */
export function checkPartitions(project: Project): Diagnostic[] {
  return [...project.nodes.values()].flatMap((node) => problemsOf(node, project));
}

function problemsOf(node: Node, project: Project): Diagnostic[] {
  if (Array.isArray(node.config.partitions)) return [listOfPartitions(node, project)];
  const reading = readPartitionsOf(node, project.settings);
  if (!reading) return [];
  const span = settingPlace(node, 'partitions');
  const problem = (message: string, hint?: string): Diagnostic =>
    error('graph/partitions', `${message}, in the partitions of '${node.name}'`, { span, hint });
  if (reading.kind === 'problems') {
    return reading.problems.map(({ path, message, hint }) =>
      problem(path.length > 0 ? `${path.join('.')}: ${message}` : message, hint),
    );
  }
  const found: Diagnostic[] = [];
  if (node.resource_type !== 'model' || node.config.materialized !== 'incremental') {
    found.push(problem('Only incremental models are kept by partitions', 'Set materialized: incremental'));
  }
  if (node.config.incremental_strategy === 'microbatch') {
    found.push(problem('A microbatch model has partitions of its own', 'Remove incremental_strategy, or partitions'));
  }
  for (const { name, column } of reading.definition.dimensions) {
    if (column !== undefined) continue;
    found.push(
      problem(
        `The dimension '${name}' has no column`,
        'Write column: the column of the model that says which partition a row is in',
      ),
    );
  }
  return found;
}

/** Projects of dbt's, and packages, may be written for BigQuery too. */
function listOfPartitions(node: Node, { settings }: Project): Diagnostic {
  const tell = isOfDbt(settings) || node.package_name !== settings.name ? warning : error;
  const message = `'partitions' of '${node.name}' is a list, as dbt-bigquery has it: no partitions are kept of it`;
  return tell('graph/partitions', message, { span: settingPlace(node, 'partitions'), hint: partitionShapes });
}
