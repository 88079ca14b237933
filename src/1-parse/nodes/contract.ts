import { hash } from 'node:crypto';
import { type CodeNode, type ColumnInfo, isMapping, type JsonObject, type NodeConfig } from '../../core/index.ts';
import { pythonRepr } from '../names/python-text.ts';

const usual: CodeNode['contract'] = Object.freeze({ enforced: false, alias_types: true, checksum: null });

/** The contract of a node as its settings say; the checksum comes with the columns. */
export function contractOf(config: NodeConfig): CodeNode['contract'] {
  const { contract } = config;
  if (contract === null || !isMapping(contract as JsonObject)) return usual;
  const { enforced, alias_types: aliasTypes } = contract as JsonObject;
  if (enforced !== true && aliasTypes === true) return usual;
  return { enforced: enforced === true, alias_types: aliasTypes !== false, checksum: null };
}

/** Materializations that can enforce constraints in the warehouse. */
const enforcing = new Set(['table', 'incremental']);

/** What an enforced contract promises, as one number: changes when a column, its type or a constraint does. */
export function contractChecksum(
  config: NodeConfig,
  columns: Readonly<Record<string, ColumnInfo>>,
  constraints: readonly JsonObject[],
): string {
  const sorted = Object.values(columns).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  let state = '';
  for (const { name, data_type: type, constraints: own } of sorted) {
    state += `|${name}${type ?? 'None'}${pythonConstraints(own, false)}`;
  }
  if (enforcing.has(config.materialized)) state += config.materialized + pythonConstraints(constraints, true);
  return hash('sha256', state);
}

/** Constraints as Python prints them, since dbt hashes that. */
function pythonConstraints(constraints: readonly JsonObject[], ofModel: boolean): string {
  const printed = constraints.map((constraint) => {
    const kind = ofModel ? 'ModelLevelConstraint' : 'ColumnLevelConstraint';
    const text = (name: string): string =>
      typeof constraint[name] === 'string' ? pythonRepr(constraint[name]) : 'None';
    const truth = (name: string): string => (constraint[name] === false ? 'False' : 'True');
    const list = (name: string): string => {
      const items = constraint[name];
      return `[${Array.isArray(items) ? items.map((item) => pythonRepr(String(item))).join(', ') : ''}]`;
    };
    const type = `<ConstraintType.${String(constraint.type)}: '${String(constraint.type)}'>`;
    const columns = ofModel ? `, columns=${list('columns')}` : '';
    return `${kind}(type=${type}, name=${text('name')}, expression=${text('expression')}, warn_unenforced=${truth('warn_unenforced')}, warn_unsupported=${truth('warn_unsupported')}, to=${text('to')}, to_columns=${list('to_columns')}${columns})`;
  });
  return `[${printed.join(', ')}]`;
}
