/** The CTE's name under which an ephemeral model is put in front of those that read it. */
export function cteName(identifier: string): string {
  return `__dbt__cte__${identifier}`;
}

/** One ephemeral model as a CTE: ` __dbt__cte__x as (…)`. */
export interface Cte {
  readonly id: string;
  readonly sql: string;
}

/** Where CTEs were put into a text: everything from `at` on moved by `length` characters. */
export interface Injected {
  readonly sql: string;
  readonly at: number;
  readonly length: number;
}

// What may stand before `with`: blanks and comments.
const leading = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/;
const withKeyword = /^with(?:\s+recursive)?(?![\w$])/i;

/** Puts CTEs in front of a query, joining a `with` that it begins with. */
export function injectCtes(sql: string, ctes: readonly Cte[]): Injected {
  if (ctes.length === 0) return { sql, at: 0, length: 0 };
  const start = leading.exec(sql)?.[0].length ?? 0;
  const keyword = withKeyword.exec(sql.slice(start))?.[0];
  const joined = ctes.map((cte) => cte.sql).join(', ');
  if (keyword !== undefined) return insert(sql, start + keyword.length, `${joined}, `);
  return insert(sql, sql.length - sql.trimStart().length, `with${joined} `);
}

function insert(sql: string, at: number, text: string): Injected {
  return { sql: sql.slice(0, at) + text + sql.slice(at), at, length: text.length };
}
