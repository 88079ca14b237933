/** A moment as people write it on a command line or in a configuration: a date or a time; without a zone it is UTC. */
export function readInstant(text: string): Date | undefined {
  const joined = text.trim().replace(' ', 'T');
  const withTime = joined.includes('T') ? joined : `${joined}T00:00:00`;
  const date = new Date(/(Z|[+-]\d{2}:?\d{2})$/.test(withTime) ? withTime : `${withTime}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
