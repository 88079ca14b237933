import { posix } from 'node:path';

/** A file below `src/`. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

const numbered = /^\d-/;
const leaves = ['jinja', 'sql'];
const vendors = ['snowflake', 'duckdb', 'postgres', 'sqlite'];
const roof = ['cli', 'pipeline', 'pipeline.ts', 'shelves.ts', 'index.ts'];
const nameless = /(^|\/)(utils?|helpers?|common|misc|lib)(\/|\.tsx?$)/;

/** Clock, chance, environment, terminal and network. */
const powers =
  /\b(Date\.now\(|new Date\(\)|Math\.random\(|process\.\w|console\.|fetch\(|setTimeout\(|setInterval\(|performance\.now\(|randomUUID\()/;
const mayHavePowers = ['cli', 'adapters', '6-record', '8-serve'];

/** All violations of the rules in docs/architecture.md, one line each; an empty list for a house in order. */
export function findViolations(files: readonly SourceFile[]): string[] {
  const imports = new Map(files.map((file) => [file.path, importsOf(file)]));
  return [
    ...files.flatMap((file) => layerViolations(file.path, imports.get(file.path) ?? [])),
    ...files.flatMap(doorViolations),
    ...files.flatMap(vendorViolations),
    ...files.flatMap(powerViolations),
    ...circles(imports),
    ...files.filter((file) => nameless.test(file.path)).map((file) => `${file.path}: a file has a name`),
  ];
}

interface Import {
  readonly written: string;
  readonly path: string;
}

function importsOf(file: SourceFile): Import[] {
  const found = withoutComments(file.text).matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)'(\.{1,2}\/[^']+)'/g);
  return [...found].map(([, written = '']) => ({ written, path: posix.join(posix.dirname(file.path), written) }));
}

const roomOf = (path: string): string => path.split('/')[0] ?? path;

function layerViolations(path: string, imports: readonly Import[]): string[] {
  const room = roomOf(path);
  return imports.flatMap(({ written, path: imported }) => {
    const other = roomOf(imported);
    if (other === room) return [];
    if (!mayImport(room, other)) return [`${path}: ${room} may not import ${other} ('${written}')`];
    const isRoom = numbered.test(other) || leaves.includes(other) || other === 'core';
    const byDoor = imported === `${other}/index.ts`;
    return isRoom && !byDoor && room !== 'index.ts'
      ? [`${path}: ${other} is entered by its door, not '${written}'`]
      : [];
  });
}

function mayImport(room: string, other: string): boolean {
  if (roof.includes(room)) return room !== 'shelves.ts' || other === 'core';
  if (room === 'ui') return other === '8-serve';
  if (leaves.includes(room)) return false;
  if (leaves.includes(other)) return true;
  if (room === 'core') return false;
  if (other === 'core') return true;
  return numbered.test(room) && numbered.test(other) && other < room;
}

function doorViolations({ path, text }: SourceFile): string[] {
  const match = /^\d-([a-z]+)\/index\.ts$/.exec(path);
  if (!match) return [];
  const states = text.startsWith(`// ${match[1]}: `) && (text.split('\n')[0] ?? '').includes(' → ');
  return states ? [] : [`${path}: the first line of a door states the way: // ${match[1]}: … → …`];
}

function vendorViolations({ path, text }: SourceFile): string[] {
  if (roomOf(path) === '6-record') return [];
  // A dialect may name another: what is translated has two sides.
  if (path.startsWith('sql/dialects/')) return [];
  const here = path.startsWith('adapters/') ? path.split('/')[1] : undefined;
  return linesWith(
    text,
    (line) => vendors.find((vendor) => vendor !== here && line.toLowerCase().includes(vendor)),
    (line, vendor) => `${path}:${line}: names the vendor '${vendor}'`,
  );
}

function powerViolations({ path, text }: SourceFile): string[] {
  if (mayHavePowers.includes(roomOf(path))) return [];
  return linesWith(
    text,
    (line) => powers.exec(line)?.[0],
    (line, power) => `${path}:${line}: '${power}' has to arrive as an argument`,
  );
}

function linesWith(
  text: string,
  find: (line: string) => string | undefined,
  report: (line: number, found: string) => string,
): string[] {
  return withoutComments(text)
    .split('\n')
    .flatMap((line, index) => {
      const found = find(line);
      return found === undefined ? [] : [report(index + 1, found)];
    });
}

/** Comments become blanks; line numbers stay. A `//` inside a string goes too, which no rule minds. */
function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|[^:'"`])\/\/[^\n]*/g, '$1');
}

function circles(imports: ReadonlyMap<string, readonly Import[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const from = trail.indexOf(path);
    if (from >= 0) found.push(`${[...trail.slice(from), path].join(' → ')}: a circle`);
    if (from >= 0 || done.has(path)) return;
    for (const next of imports.get(path) ?? []) visit(next.path, [...trail, path]);
    done.add(path);
  };
  for (const path of imports.keys()) visit(path, []);
  return found;
}
