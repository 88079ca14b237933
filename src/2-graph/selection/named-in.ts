/**
 * Whether a selection names a node itself: parents that `+x` brings along are compiled, but not printed. As in dbt, what
 * stands in the first of several criteria counts.
 */
export function namedIn([first = '']: readonly string[]): (name: string) => boolean {
  return (name) => first.includes(name);
}
