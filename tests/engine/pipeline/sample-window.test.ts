import { describe, expect, test } from 'vitest';
import { Problem } from '../../../src/core/index.ts';
import { sampleWindow } from '../../../src/pipeline/loading/sample-window.ts';

const now = new Date('2024-03-31T12:30:00Z');
const shown = (text: string): string[] => {
  const { start, end } = sampleWindow(text, now);
  return [start, end].map((moment) => moment.toISOString().slice(0, 16));
};

describe('--sample', () => {
  test.each([
    ['3 days', '2024-03-28T12:30'],
    ['1 day', '2024-03-30T12:30'],
    ['6 Hours', '2024-03-31T06:30'],
    ['1 month', '2024-02-29T12:30'],
    ['1 year', '2023-03-31T12:30'],
  ])('%s end now', (text, start) => {
    expect(shown(text)).toEqual([start, '2024-03-31T12:30']);
  });

  test.each([
    '{start: 2024-07-01, end: 2024-07-08 18:00:00}',
    `{"start": "2024-07-01", "end": "2024-07-08T18:00:00"}`,
    `{'end': '2024-07-08 18:00:00', 'start': '2024-07-01'}`,
  ])('%s is a stretch', (text) => {
    expect(shown(text)).toEqual(['2024-07-01T00:00', '2024-07-08T18:00']);
  });

  test.each(['3', '3 weeks', 'days', '{start: 2024-07-01}', '{start: soon, end: later}'])('%s is refused', (text) => {
    expect(() => sampleWindow(text, now)).toThrow(Problem);
  });
});
