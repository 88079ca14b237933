/** Names of a CSV file's columns after its first line, made unique and never empty the way dbt does. */
export function csvColumnNames(header: readonly string[]): string[] {
  const used = new Set<string>();
  return header.map((name, index) => {
    const base = name || letterName(index);
    let unique = base;
    for (let count = 2; used.has(unique.toLowerCase()); count += 1) unique = `${base}_${count}`;
    used.add(unique.toLowerCase());
    return unique;
  });
}

/** Columns without a name are called a, b, c … z, aa, bb … */
function letterName(index: number): string {
  return String.fromCharCode(97 + (index % 26)).repeat(Math.floor(index / 26) + 1);
}
