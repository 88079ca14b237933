import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findViolations, type SourceFile } from './house.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../src');

function readSources(): SourceFile[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(root, path).split('\\').join('/'), text: readFileSync(path, 'utf8') }));
}

describe('the house', () => {
  it('has no violation of its five rules', () => {
    expect(findViolations(readSources())).toEqual([]);
  });
});

describe('the rules catch a planted violation', () => {
  const door = { path: '2-graph/index.ts', text: '// graph: Project → Graph\n' };
  const violations = (...planted: SourceFile[]): string[] => findViolations([door, ...planted]);
  const file = (path: string, text: string): SourceFile => ({ path: posix.normalize(path), text });

  it('rule 1: a room that imports a higher number', () => {
    expect(violations(file('1-parse/read.ts', "import { buildGraph } from '../2-graph/index.ts';"))).toEqual([
      "1-parse/read.ts: 1-parse may not import 2-graph ('../2-graph/index.ts')",
    ]);
  });

  it('rule 1: a shelf that imports a room, and core that imports a shelf', () => {
    expect(violations(file('functions/ref.ts', "import type { Graph } from '../2-graph/index.ts';"))).toHaveLength(1);
    expect(violations(file('core/a.ts', "export * from '../functions/ref.ts';"), file('functions/ref.ts', ''))).toEqual(
      ["core/a.ts: core may not import functions ('../functions/ref.ts')"],
    );
  });

  it('rule 2: a way around the door, and a door that does not state the way', () => {
    expect(violations(file('3-compile/a.ts', "import { x } from '../2-graph/select.ts';"))).toEqual([
      "3-compile/a.ts: 2-graph is entered by its door, not '../2-graph/select.ts'",
    ]);
    expect(violations(file('4-plan/index.ts', "export * from './plan.ts';"), file('4-plan/plan.ts', ''))).toEqual([
      '4-plan/index.ts: the first line of a door states the way: // plan: … → …',
    ]);
  });

  it("rule 3: a vendor's name in code, though not in a comment", () => {
    expect(violations(file('4-plan/a.ts', "// duckdb is quick\nif (type === 'duckdb') go();"))).toEqual([
      "4-plan/a.ts:2: names the vendor 'duckdb'",
    ]);
    expect(violations(file('adapters/duckdb/index.ts', "const type = 'duckdb';"))).toEqual([]);
  });

  it.each(['Date.now()', 'new Date()', 'Math.random()', 'process.env.HOME', 'console.log(1)', 'fetch(url)'])(
    'rule 4: %s outside the rooms that may',
    (power) => {
      expect(violations(file('5-execute/a.ts', `const x = ${power};`))).toHaveLength(1);
      expect(violations(file('cli/a.ts', `const x = ${power};`))).toEqual([]);
    },
  );

  it('rule 4: a date that is given is no clock', () => {
    expect(violations(file('5-execute/a.ts', 'const x = new Date(0);'))).toEqual([]);
  });

  it('rule 5: a circle, types included', () => {
    const a = file('4-plan/a.ts', "import type { B } from './b.ts';");
    const b = file('4-plan/b.ts', "import type { A } from './a.ts';");
    expect(violations(a, b)).toEqual(['4-plan/a.ts → 4-plan/b.ts → 4-plan/a.ts: a circle']);
  });

  it('rule 5: a folder or file that has no name', () => {
    expect(violations(file('4-plan/utils.ts', ''), file('core/helpers/a.ts', ''))).toHaveLength(2);
  });
});
