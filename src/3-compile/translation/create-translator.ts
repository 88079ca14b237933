import { error, type Node, Problem } from '../../core/index.ts';
import { canTranslate, prelude, type SchemaTable, translate } from '../../sql/index.ts';
import type { Analyst } from '../analysis/analyst.ts';
import { diagnosticAt } from '../analysis/diagnostic-at.ts';
import { relationOfNode } from '../analysis/parent-names.ts';
import type { CompiledNode } from '../compilation.ts';
import type { Translator, TranslatorInput } from './translator.ts';

export function createTranslator(input: TranslatorInput): Translator {
  const { adapter, from, graph } = input;
  const to = adapter.dialect;
  if (!canTranslate(from, to)) {
    const span = { file: graph.project.settings.file, start: 0, end: 1 };
    const message = `A project in the SQL dialect '${from}' cannot be run on ${adapter.type}`;
    throw new Problem(error('compile/dialect', message, { span, hint: `dialect: ${to} is what it speaks itself` }));
  }
  return {
    async translate(node, compiled) {
      if (isOurs(node, input)) return compiled;
      const analyst = await input.analyst();
      const schema = analyst ? await schemaOf(node, analyst, input) : undefined;
      const { sql, diagnostics } = translate(compiled.sql, { from, to, ...(schema ? { schema } : {}) });
      const problems = diagnostics.filter(({ severity }) => severity === 'error');
      if (problems.length > 0) throw new Problem(...problems.map((problem) => located(problem, node, compiled)));
      // The warehouse's positions are those of the translated text, of which no character stands in a template.
      // A query will be put into another statement: it must not end one.
      return { ...compiled, sql: sql.replace(/;\s*$/, ''), locate: () => undefined, authored: compiled };
    },
    prelude: (sql) => prelude(to, sql === undefined ? {} : { sql }),
  };
}

/** The SQL of a test on our shelf is written for the warehouse, not by the project's authors. */
function isOurs(node: Node, { graph }: TranslatorInput): boolean {
  if (node.resource_type !== 'test' || !node.test_metadata) return false;
  const { name } = node.test_metadata;
  return ![...graph.project.macros.values()].some((macro) => macro.name === `test_${name}`);
}

/** What is known of the columns of everything that a node may read. */
async function schemaOf(node: Node, analyst: Analyst, { graph, adapter }: TranslatorInput): Promise<SchemaTable[]> {
  const schema: SchemaTable[] = [];
  const ids = new Set(node.depends_on.nodes);
  for (const id of ids) {
    const parent = graph.nodes.get(id);
    const relation = parent && relationOfNode(parent, graph.project.settings.quoting);
    if (!parent || !relation || relation.expression) continue;
    if (parent.resource_type === 'model' && parent.config.materialized === 'ephemeral') {
      for (const above of parent.depends_on.nodes) ids.add(above);
      continue;
    }
    const { columns, complete } = await analyst.analyze(id);
    const name = adapter.statements.renderRelation(relation);
    const listed = columns.map(({ name: column, type, nullable }) => ({ name: column, type, nullable }));
    schema.push({ name, columns: complete && listed.length > 0 ? listed : undefined });
  }
  return schema;
}

type SqlProblem = ReturnType<typeof translate>['diagnostics'][number];

function located({ code, message, hint, start, end }: SqlProblem, node: Node, compiled: CompiledNode) {
  const text = { compiled, replaced: { text: compiled.sql, original: (offset: number) => offset } };
  const place = diagnosticAt({ ...text, otherwise: node.origin.definition }, { start, end });
  return error(code, message.replace(/\.$/, ''), { hint, ...(place ?? { span: node.origin.definition }) });
}
