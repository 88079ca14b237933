import { describe, expect, it } from 'vitest';
import { parse } from '../../../src/sql/index.ts';
import type { Statement } from '../../../src/sql/statement-tree.ts';
import { type NodeOf, type SyntaxNode, walk } from '../../../src/sql/visit.ts';

function statementOf(sql: string, dialect = 'snowflake'): Statement {
  const { statements, diagnostics } = parse(sql, { dialect });
  if (diagnostics.length > 0) throw new Error(diagnostics[0]?.message);
  return statements[0]!;
}

/** All nodes of a kind, in the order in which they are met. */
function findAll<Kind extends SyntaxNode['kind']>(root: SyntaxNode, kind: Kind): NodeOf<Kind>[] {
  const found: NodeOf<Kind>[] = [];
  walk(root, (node) => {
    if (node.kind === kind) found.push(node as NodeOf<Kind>);
  });
  return found;
}

const rich = `WITH a AS (SELECT x::ARRAY(NUMBER(3)), v:k[i].l, f(n => y) OVER (PARTITION BY z ORDER BY w ROWS u PRECEDING) FROM t)
  SELECT * EXCLUDE (b) REPLACE (c + 1 AS c), CASE d WHEN e THEN 1 ELSE g END, {'h': j} FROM a
  LEFT JOIN (VALUES (m, 2)) AS q (r) ON a.o = q.r
  WHERE p IN (SELECT s FROM TABLE(gen(aa => bb))) AND cc LIKE ANY (dd, ee)`;

describe('walking', () => {
  it('meets every column, wherever it is held', () => {
    const columns = findAll(statementOf(rich), 'column').map((column) =>
      column.parts.map((part) => part.text).join('.'),
    );
    expect(columns.sort()).toEqual(
      [
        'a.o',
        'bb',
        'c',
        'cc',
        'd',
        'dd',
        'e',
        'ee',
        'g',
        'i',
        'j',
        'm',
        'p',
        'q.r',
        's',
        'u',
        'v',
        'w',
        'x',
        'y',
        'z',
      ].sort(),
    );
  });

  it('meets the insides of patterns and types, but not these as if they were expressions', () => {
    const statement = statementOf(
      'SELECT a::MAP(VARCHAR, INT) FROM t MATCH_RECOGNIZE (PATTERN (x+ (y | z){2}) DEFINE x AS b = ANY (1, 2))',
    );
    expect(findAll(statement, 'quantified')).toHaveLength(1);
    expect(findAll(statement, 'data-type').map((type) => type.name)).toEqual(['map', 'varchar', 'int']);
    expect(findAll(statement, 'identifier').map((name) => name.text)).toContain('z');
  });

  it('leaves out what is below a node for which false is given', () => {
    const kinds: string[] = [];
    walk(statementOf('SELECT f(a), b FROM t'), (node) => {
      kinds.push(node.kind);
      return node.kind !== 'call';
    });
    expect(kinds.filter((kind) => kind === 'column')).toHaveLength(1);
  });

  it('goes through other statements too', () => {
    const statement = statementOf('INSERT INTO t (a) SELECT b FROM u WHERE c = 1');
    expect(findAll(statement, 'column').map((column) => column.parts[0]?.text)).toEqual(['b', 'c']);
  });

  it('bears any depth', () => {
    const statement = statementOf(`SELECT 1${' + a'.repeat(20_000)}`);
    expect(findAll(statement, 'column')).toHaveLength(20_000);
  });
});
