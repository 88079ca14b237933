import type { GraphNode } from '../core/index.ts';
import type { Value } from '../jinja/index.ts';

/** The node as macros and hooks see it when its SQL is compiled. */
export function withSql<Compiled extends GraphNode>(node: Compiled, sql: string): Compiled {
  return Object.assign({ ...node }, { compiled: true, compiled_code: sql });
}

/** dbt's names of the SQL itself in macros and hooks. */
export function sqlNames(sql: string): Map<string, Value> {
  return new Map<string, Value>([
    ['sql', sql],
    ['compiled_code', sql],
  ]);
}
