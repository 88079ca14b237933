const two = '2-digit';

/**
 * Writes moments as the clocks and calendars of a zone show them: `MM/DD/YYYY, HH:MM:SS`.
 *
 * @throws RangeError where there is no zone of that name.
 */
export function zoneFormat(name: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: two,
    day: two,
    hour: two,
    minute: two,
    second: two,
  });
}
