/** What `ingot partitions --output json` says of its first asset: the ranges of each status that some partitions are in. */
export function statusesIn(json: string): Record<string, string> {
  const [{ status }] = JSON.parse(json) as [{ status: Record<string, { count: number; partitions: string }> }];
  return Object.fromEntries(
    Object.entries(status).flatMap(([name, { count, partitions }]) => (count > 0 ? [[name, partitions]] : [])),
  );
}
