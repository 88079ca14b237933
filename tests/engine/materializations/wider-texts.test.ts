import { expect, test } from 'vitest';
import { widerTexts } from '../../../src/materializations/building/wider-texts.ts';

const column = (name: string, type: string) => ({ name, type });

test('only texts that have become longer get a wider column', () => {
  const existing = [
    column('LONGER', 'VARCHAR(10)'),
    column('shorter', 'VARCHAR(20)'),
    column('endless', 'VARCHAR'),
    column('price', 'DECIMAL(9,2)'),
    column('gone', 'VARCHAR(5)'),
  ];
  const staged = [
    column('longer', 'character varying(16)'),
    column('shorter', 'VARCHAR(16)'),
    column('endless', 'VARCHAR(99)'),
    column('price', 'DECIMAL(18,2)'),
    column('added', 'VARCHAR(99)'),
  ];
  expect(widerTexts(staged, existing)).toEqual([column('LONGER', 'character varying(16)')]);
});
