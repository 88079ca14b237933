import { expect, test } from 'vitest';
import { dateOfWall, dateText, day } from '../../../../src/core/partitions/wall.ts';

test('Every day from 1000 to 9999 has the date that Date gives it', () => {
  const wrong: string[] = [];
  for (let wall = Date.UTC(1000, 0, 1); wall < Date.UTC(10_000, 0, 1); wall += 13 * day + 3_600_000) {
    const date = new Date(wall);
    const { year, month, day: dayOfMonth } = dateOfWall(wall);
    const same = year === date.getUTCFullYear() && month === date.getUTCMonth() + 1 && dayOfMonth === date.getUTCDate();
    if (!same || dateText(wall) !== date.toISOString().slice(0, 10)) wrong.push(date.toISOString());
  }
  expect(wrong).toEqual([]);
});
