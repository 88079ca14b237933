/**
 * The address of the module that reads tables while a build runs, and kills it: Node loads it before Ingot.
 *
 * @param parameters `file`: where what was seen is noted; `at`: before which statement the process ends. Default: it does not.
 * @param queries what is read all the time.
 */
export function watchAndKill(parameters: Readonly<Record<string, string>>, queries: readonly string[] = []): string {
  const search = new URLSearchParams([
    ...Object.entries(parameters),
    ...queries.map((query): [string, string] => ['query', query]),
  ]);
  return new URL(`./watch-and-kill.mjs?${search}`, import.meta.url).href;
}
