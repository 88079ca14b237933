import { hash } from 'node:crypto';
import { placeInProject } from '../../1-parse/index.ts';
import { type CodeNode, type Diagnostic, error, isEphemeral, type Node, Problem } from '../../core/index.ts';
import {
  canTranslate,
  findDialect,
  parse,
  prelude,
  readTypeText,
  type SchemaTable,
  type SqlDiagnostic,
  sameFamily,
  type Translated,
  translate,
} from '../../sql/index.ts';
import { diagnosticAt } from '../analysis/diagnostic-at.ts';
import { relationOfNode } from '../analysis/parent-names.ts';
import type { CompiledNode, TranslatedContract } from '../compilation.ts';
import type { Translator, TranslatorInput } from './translator.ts';

export function createTranslator(input: TranslatorInput): Translator {
  const { adapter, from, graph } = input;
  const to = adapter.dialect;
  if (!canTranslate(from, to)) {
    const span = placeInProject(graph.project.settings, ['dialect']);
    const message = `A project in the SQL dialect '${from}' cannot be run on ${adapter.type}`;
    throw new Problem(error('compile/dialect', message, { span, hint: `dialect: ${to} is what it speaks itself` }));
  }
  const typeOf = (type: string): string | undefined => {
    const { sql } = translate(`create table made (typed ${type})`, { from, to });
    return /^create table made \(\s*typed ([\s\S]+?)\s*\);?\s*$/i.exec(sql)?.[1];
  };
  /** What there is something to tell of is said anew each time; so is what somebody else than the node reads. */
  const translationOf = async (node: Node, written: string, tables?: readonly SchemaTable[]): Promise<Translated> => {
    const schema = tables ?? (await schemaOf(node, input));
    const kept = tables ? undefined : input.kept;
    const key = kept && hash('sha1', JSON.stringify([written, schema]), 'base64');
    const before = key && kept.get(node.unique_id, key);
    if (before !== undefined) return { sql: before, diagnostics: [] };
    const translated = translate(written, { from, to, schema });
    if (key && translated.diagnostics.length === 0) kept.set(node.unique_id, key, translated.sql);
    return translated;
  };
  const macroNames = new Set([...graph.project.macros.values()].map(({ name }) => name));
  return {
    async translate(node, compiled, tables) {
      const ours = isOurs(node, macroNames);
      const written = ours ? restrictedModel(node, compiled) : compiled.sql;
      if (written === undefined) return compiled;
      const translated = await translationOf(node, written, tables);
      const problems = translated.diagnostics.filter(isError);
      // What stands in a properties file has the test for its place.
      const places = ours ? { ...compiled, locate: () => undefined } : compiled;
      if (problems.length > 0) throw new Problem(...problems.map((problem) => located(problem, node, places)));
      const sql = ours ? compiled.sql.replaceAll(written, () => bare(translated.sql)) : translated.sql;
      // The warehouse's positions are those of the translated text, of which no character stands in a template.
      // A query will be put into another statement: it must not end one.
      return {
        ...compiled,
        sql: bare(sql),
        locate: () => undefined,
        authored: compiled,
        warnings: ours ? [] : translated.diagnostics.map((problem) => located(problem, node, places)),
        contract: node.contract.enforced ? translatedContract(node, typeOf, to) : undefined,
      };
    },
    async translateHook(node, hook) {
      const { sql, diagnostics } = translate(hook.sql, { from, to, schema: await schemaOf(node, input) });
      const problems = diagnostics.filter(isError);
      if (problems.length === 0) {
        return { sql: bare(sql), warnings: diagnostics.map((problem) => locatedInHook(problem, node, hook)) };
      }
      if (isOnlyIn(to, from, hook.sql)) return { sql: hook.sql, warnings: [] };
      throw new Problem(...problems.map((problem) => locatedInHook(problem, node, hook)));
    },
    typeOf,
    prelude: (sql) => prelude(to, sql === undefined ? {} : { sql }),
  };
}

/** A type that the warehouse does not have is left as it was written, for the warehouse to refuse. */
function translatedContract(node: Node, typeOf: Translator['typeOf'], to: string): TranslatedContract {
  const dialect = findDialect(to);
  const columns = Object.entries(node.columns).map(([name, column]) => {
    const type = column.data_type === null ? undefined : typeOf(column.data_type);
    return [name, type === undefined ? column : { ...column, data_type: type }] as const;
  });
  return {
    columns: Object.fromEntries(columns),
    sameType: (left, right) =>
      dialect !== undefined && sameFamily(readTypeText(left, dialect), readTypeText(right, dialect)),
  };
}

const bare = (sql: string): string => sql.replace(/;\s*$/, '');

/** The query that a test's `where` makes of the model, which its authors have written a part of; undefined without. */
function restrictedModel({ config }: Node, { sql }: CompiledNode): string | undefined {
  if (typeof config.where !== 'string' || config.where === '') return undefined;
  const end = sql.indexOf(` where ${config.where}) dbt_subquery`);
  const start = sql.lastIndexOf('(select * from ', end);
  return end < 0 || start < 0 ? undefined : sql.slice(start + 1, end + ` where ${config.where}`.length);
}

/** The SQL of a test on our shelf is written for the warehouse, not by the project's authors. */
function isOurs(node: Node, macroNames: ReadonlySet<string>): boolean {
  if (node.resource_type !== 'test' || !node.test_metadata) return false;
  return !macroNames.has(`test_${node.test_metadata.name}`);
}

/** What is known of the columns of everything that a node may read. */
async function schemaOf(node: CodeNode, input: TranslatorInput): Promise<SchemaTable[] | undefined> {
  const analyst = await input.analyst();
  if (!analyst) return undefined;
  const { graph, adapter } = input;
  const schema: SchemaTable[] = [];
  const ids = new Set(node.depends_on.nodes);
  for (const id of ids) {
    const parent = graph.nodes.get(id);
    const relation = parent && relationOfNode(parent, graph.project.settings.quoting);
    if (!parent || !relation || relation.expression) continue;
    if (isEphemeral(parent)) {
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

const isError = ({ severity }: SqlDiagnostic): boolean => severity === 'error';

/** Whether a text can be read in one dialect and not in the other. */
const isOnlyIn = (dialect: string, other: string, sql: string): boolean =>
  parse(sql, { dialect: other }).diagnostics.some(isError) && !parse(sql, { dialect }).diagnostics.some(isError);

function located(
  { code, severity, message, hint, start, end }: SqlDiagnostic,
  node: CodeNode,
  compiled: CompiledNode,
): Diagnostic {
  const text = { compiled, replaced: { text: compiled.sql, original: (offset: number) => offset } };
  const place = diagnosticAt({ ...text, otherwise: node.origin.definition }, { start, end });
  return {
    code,
    severity,
    message: message.replace(/\.$/, ''),
    hint,
    ...(place ?? { span: node.origin.definition }),
  };
}

/** Of a hook whose place is not known, the line is shown. */
function locatedInHook(problem: SqlDiagnostic, node: CodeNode, hook: CompiledNode): Diagnostic {
  const { start, line } = problem;
  const hint = problem.hint ?? (isError(problem) ? hookHint : undefined);
  const told = { ...located(problem, node, hook), hint };
  if (hook.locate(start) !== undefined) return told;
  const { definition } = node.origin;
  const message = `in the hook: ${hook.sql.split('\n')[line - 1]?.trim() ?? ''}`;
  return { ...told, span: { ...definition, end: definition.start }, notes: [{ message }] };
}

const hookHint = 'What is meant for one warehouse only can ask for `target.type`';
