/** Lines of a query, joined; what does not apply (`false`, undefined) is left out. */
export function lines(...parts: readonly (string | false | undefined | readonly string[])[]): string {
  const kept: string[] = [];
  for (const part of parts) {
    if (typeof part === 'string') kept.push(part);
    else if (part) kept.push(...part);
  }
  return kept.join('\n');
}

/** `a, b, ` in front of other columns, or nothing. */
export function leading(columns: readonly string[]): string {
  return columns.map((column) => `${column}, `).join('');
}

/** A `group by` line, or nothing. */
export function groupBy(columns: readonly string[]): string | undefined {
  return columns.length > 0 ? `group by ${columns.join(', ')}` : undefined;
}
