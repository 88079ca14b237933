import type {
  CreateTableOptions,
  CreateViewOptions,
  NodeConfig,
  Relation,
  Statements,
  TableColumn,
} from '../../core/index.ts';
import { columnsToFill, icebergClauses, isIceberg, isLinked } from './iceberg.ts';
import { literal, needsQuotes, quote, renderRelation } from './naming.ts';
import { clusterKeys, isTransient, relationClauses } from './table-options.ts';

/**
 * The statements that make, change and remove tables and views. What is made of a query takes the place of what has its
 * name, as in dbt: nothing else makes it in one moment.
 */
export const tables = {
  createTableAs,

  createTable(relation, columns, options = {}) {
    const { replace = false } = options;
    const head = `create ${replace && !isLinked(options.config) ? 'or replace ' : ''}${kindOf(options)}table ${renderRelation(relation)}`;
    return [head, ...definition({ ...options, columns }), ...tableClauses(relation, options)].join('\n');
  },

  afterCreateTable: (relation, config) =>
    config.automatic_clustering === true && clusterKeys(config).length > 0
      ? [`${altered(relation)} resume recluster`]
      : [],

  createViewAs(relation, sql, { replace = true, config, described }: CreateViewOptions = {}) {
    const secure = config?.secure === true ? 'secure ' : '';
    const head = `create ${replace ? 'or replace ' : ''}${secure}view ${renderRelation(relation)}`;
    return [head, ...columnList(described), ...relationClauses(config, { isTable: false }), `as (\n${sql}\n)`].join(
      '\n',
    );
  },

  dropRelation: (relation) => `drop ${wordOf(relation)} if exists ${renderRelation(relation)}${cascade(relation)}`,
  renameRelation: (from, to) => `${altered(from)} rename to ${renderRelation(to)}`,
  replacesTables: (config) => !isLinked(config),
  columnsToFill,
  // Grants stay with a table that changes its name: to get those of its predecessor, it has to be copied, without its rows.
  // A table of Iceberg changes places with none.
  replaceTable(target, by, config, stays): string {
    if (isIceberg(config)) return createTableAs(target, `select * from ${renderRelation(by)}`, { config });
    return config.copy_grants === true || stays
      ? cloneTable(target, by, config)
      : `alter table ${renderRelation(target)} swap with ${renderRelation(by)}`;
  },
  cloneTable,

  addColumns: (relation, columns) =>
    columns.length === 0
      ? []
      : [
          `${altered(relation)} add column\n  ${columns.map(({ name, type }) => `${quote(name)} ${type}`).join(',\n  ')}`,
        ],
  dropColumns: (relation, columns) =>
    columns.length === 0
      ? []
      : [`${altered(relation)} drop column\n  ${columns.map(({ name }) => quote(name)).join(',\n  ')}`],
  alterColumnType: (relation, { name, type }) => [
    `${altered(relation)} alter column ${quote(name)} set data type ${type}`,
  ],
  commentOnRelation: (relation, text) =>
    isOfIceberg(relation) || relation.type === 'materialized_view'
      ? `${altered(relation)} set comment = ${literal(text)}`
      : `comment on ${wordOf(relation)} ${renderRelation(relation)} is ${literal(text)}`,
  commentOnColumns(relation, columns) {
    const comments = [...columns].map(([name, text]) => `${quote(name)} comment ${literal(text)}`);
    return comments.length === 0 ? [] : [`${altered(relation)} alter\n  ${comments.join(',\n  ')}`];
  },
  grant: (relation, { privilege, grantee }) =>
    `grant ${privilege} on ${wordOf(relation)} ${renderRelation(relation)} to role ${/^[a-z_][\w$]*$/i.test(grantee) ? grantee : quote(grantee)}`,
  revoke: (relation, { privilege, grantee }) =>
    `revoke ${privilege} on ${wordOf(relation)} ${renderRelation(relation)} from role ${needsQuotes(grantee) ? quote(grantee) : grantee}`,
} satisfies Partial<Statements>;

/** The columns of a view with what they are described by, as they stand behind its name. */
export function columnList(described: CreateViewOptions['described']): readonly string[] {
  const columns = [...(described ?? [])].map(([name, text]) =>
    text === undefined ? `  ${quote(name)}` : `  ${quote(name)} comment ${literal(text)}`,
  );
  return columns.length > 0 ? [`(\n${columns.join(',\n')}\n)`] : [];
}

function createTableAs(relation: Relation, sql: string, options: CreateTableOptions = {}): string {
  const { config, temporary = false, replace = true, columns = [] } = options;
  const filled = columns.length > 0 ? selected(columns, sql) : sql;
  const head = `create ${replace && !isLinked(options.config) ? 'or replace ' : ''}${kindOf(options)}table ${renderRelation(relation)}`;
  const clauses = [...definition(options), ...tableClauses(relation, options)];
  return [[head, ...clauses].join('\n'), `as (\n${temporary ? filled : sorted(filled, config)}\n)`].join('\n');
}

/** What is there for the time of a build is no table of Iceberg: those cannot be temporary. */
const isMadeOfIceberg = ({ temporary = false, shortLived = false, config }: CreateTableOptions): boolean =>
  !temporary && !shortLived && isIceberg(config);

function tableClauses(relation: Relation, options: CreateTableOptions): string[] {
  const { config, temporary = false } = options;
  if (temporary || config === undefined) return [];
  return isMadeOfIceberg(options) ? icebergClauses(relation, config) : relationClauses(config, { isTable: true });
}

function kindOf(options: CreateTableOptions): string {
  const { temporary = false, shortLived = false, config } = options;
  if (temporary) return 'temporary ';
  if (isMadeOfIceberg(options)) return 'iceberg ';
  return shortLived || isTransient(config) ? 'transient ' : '';
}

/** Columns and constraints, as they stand in parentheses behind the name. */
function definition({ columns = [], constraints = [], definition: written }: CreateTableOptions): string[] {
  if (written !== undefined) return [written];
  const lines = [...columns.map(columnLine), ...constraints].map((line) => `  ${line}`);
  return lines.length > 0 ? [`(\n${lines.join(',\n')}\n)`] : [];
}

const columnLine = ({ name, type, constraints = [], quote: quoted = false }: TableColumn): string =>
  [quoted ? quote(name) : name, type, ...(constraints ?? [])].join(' ');

/** The query's columns in the order of the table, which fills them by place. */
function selected(columns: readonly TableColumn[], sql: string): string {
  const names = columns.map(({ name, quote: quoted = false }) => (quoted ? quote(name) : name));
  return `select ${names.join(', ')}\nfrom (\n${sql}\n) as model_subq`;
}

/** Rows that are written in the order of the clustering keys need no reclustering afterwards. */
function sorted(sql: string, config: NodeConfig | undefined): string {
  const keys = config ? clusterKeys(config) : [];
  return keys.length === 0 ? sql : `select *\nfrom (\n${sql}\n)\norder by ${keys.join(', ')}`;
}

/** What Snowflake calls the kind of a relation. */
export function wordOf({ type }: Relation): string {
  if (type === 'view') return 'view';
  if (type === 'materialized_view') return 'materialized view';
  return type === 'dynamic_table' ? 'dynamic table' : 'table';
}

const isOfIceberg = (relation: Relation): boolean =>
  wordOf(relation) === 'table' && /^iceberg$/i.test(relation.format ?? '');

/** The beginning of a statement that changes a relation. */
const altered = (relation: Relation): string =>
  `alter ${isOfIceberg(relation) ? 'iceberg table' : wordOf(relation)} ${renderRelation(relation)}`;

/** Only tables have something that hangs on them. */
const cascade = (relation: Relation): string => (wordOf(relation) === 'table' ? ' cascade' : '');

/** As in dbt, also a seed's clone is transient: a table that is kept for longer cannot be cloned from one that is not. */
function cloneTable(target: Relation, source: Relation, config?: NodeConfig): string {
  const clauses = ['copy_grants', 'copy_tags']
    .filter((key) => config?.[key] === true)
    .map((key) => key.replace('_', ' '));
  const transient = config && isTransient({ ...config, materialized: 'table' }) ? 'transient ' : '';
  const head = `create or replace ${transient}table ${renderRelation(target)}`;
  return [head, `clone ${renderRelation(source)}`, ...clauses].join('\n');
}
