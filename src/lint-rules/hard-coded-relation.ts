import type { LintFinding, LintRule } from '../core/index.ts';
import { type Name, walk } from '../sql/index.ts';

/** A table that is named in the SQL is read from production by everybody, and no graph knows of it. */
const hardCodedRelation: LintRule = {
  name: 'hard-coded-relation',
  describe: 'A table that is named in the SQL, where ref() or source() belongs',
  level: 'error',
  find({ statements, isTyped }) {
    const found: LintFinding[] = [];
    for (const statement of statements) {
      const common = new Set<string>();
      walk(statement, (node) => {
        if (node.kind === 'query') for (const { name } of node.with?.tables ?? []) common.add(name.text.toLowerCase());
      });
      walk(statement, (node) => {
        if (node.kind !== 'table' || node.file || node.parameter || !isRelation(node.name, common)) return;
        if (!isTyped(node.name)) return;
        const { start, end, parts } = node.name;
        const name = parts.map(({ text }) => text).join('.');
        found.push({ start, end, message: `'${name}' is named here`, hint: "Write ref('…') or source('…', '…')" });
      });
    }
    return found;
  },
};

/** Tables that describe the warehouse itself are no part of any graph. */
function isRelation({ parts, dynamic }: Name, common: ReadonlySet<string>): boolean {
  if (dynamic || parts.length === 0) return false;
  if (parts.length === 1) return !common.has(parts[0]!.text.toLowerCase()) && parts[0]!.text.toLowerCase() !== 'dual';
  return !/^(information_schema|pg_catalog|account_usage|organization_usage)$/i.test(parts.at(-2)!.text);
}

export default hardCodedRelation;
