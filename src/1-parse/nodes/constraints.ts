import { type ColumnInfo, error, type JsonObject, type ModelNode, type Span } from '../../core/index.ts';
import type { Captured } from '../sql/captured.ts';
import { staticCalls } from '../sql/static-calls.ts';
import { contractChecksum } from './contract.ts';
import type { Linking } from './linking.ts';
import type { Patch } from './patch.ts';

/** Whether anything in a model's properties asks for a closer look at its constraints. */
export function hasConstraints({ content, version }: Patch): boolean {
  return (
    content.constraints !== undefined || content.columnConstraints !== undefined || version?.constraints !== undefined
  );
}

/** Adds what foreign keys refer to, which has to exist before the model does. */
export function withForeignKeys(linking: Linking, captured: Captured, patch: Patch, span: Span): Captured {
  const all = [...modelConstraints(patch), ...columnConstraints(patch)];
  let result = captured;
  for (const constraint of all) {
    if (constraint.type !== 'foreign_key' || typeof constraint.to !== 'string') continue;
    const calls = staticCalls(`{{ ${constraint.to} }}`, span.file);
    if (calls === undefined || calls.refs.length + calls.sources.length === 0) {
      linking.report(
        error('parse/constraint', `'to' of a foreign key has to be a ref() or source(), but is '${constraint.to}'`, {
          span,
        }),
      );
      continue;
    }
    result = {
      ...result,
      refs: [...result.refs, ...calls.refs.slice(0, 1).map((ref) => ({ ...ref, span }))],
      sources:
        calls.refs.length > 0
          ? result.sources
          : [...result.sources, ...calls.sources.slice(0, 1).map((source) => ({ ...source, span }))],
    };
  }
  return result;
}

function modelConstraints({ content, version }: Patch): readonly JsonObject[] {
  return version?.constraints ?? content.constraints ?? [];
}

function columnConstraints(patch: Patch): readonly JsonObject[] {
  const columns = patch.version
    ? patch.version.columns
    : patch.content.columnConstraints
      ? (patch.details().columns ?? [])
      : [];
  return columns.flatMap((column) =>
    Array.isArray(column.constraints) ? (column.constraints as readonly JsonObject[]) : [],
  );
}

/** Checks a model's contract and constraints, and gives the contract its checksum. */
export function finishContract(linking: Linking, node: ModelNode, patch: Patch, span: Span): void {
  if (hasConstraints(patch)) checkPrimaryKeys(linking, node, span);
  if (!node.contract.enforced) return;
  if (Object.keys(node.columns).length === 0) {
    const message = `The contract of '${node.name}' is enforced, but its columns are not described`;
    linking.report(
      error('parse/contract', message, { span, hint: 'Describe every column with its data_type in a properties file' }),
    );
  }
  if (node.language === 'python') {
    linking.report(
      error('parse/contract', `The Python model '${node.name}' cannot have an enforced contract`, { span }),
    );
  }
  const checksum = contractChecksum(node.config, node.columns, node.constraints);
  (node as { contract: ModelNode['contract'] }).contract = { ...node.contract, checksum };
}

function checkPrimaryKeys(linking: Linking, node: ModelNode, span: Span): void {
  const columns = primaryKeyColumns(node.columns);
  if (columns.length > 1) {
    const message = `'${node.name}' has primary keys on ${columns.length} columns: ${columns.join(', ')}`;
    linking.report(
      error('parse/primary-key', message, { span, hint: 'A key of several columns is a constraint of the model' }),
    );
  }
  if (columns.length > 0 && node.constraints.some((constraint) => constraint.type === 'primary_key')) {
    linking.report(
      error('parse/primary-key', `'${node.name}' has a primary key both on the model and on a column`, {
        span,
        notes: [{ message: `the model is in ${node.original_file_path}` }],
      }),
    );
  }
}

export function primaryKeyColumns(columns: Readonly<Record<string, ColumnInfo>>): readonly string[] {
  return Object.values(columns)
    .filter((column) => column.constraints.some((constraint) => constraint.type === 'primary_key'))
    .map((column) => column.name);
}
