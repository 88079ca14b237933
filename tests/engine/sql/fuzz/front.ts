import { analyze, parse, print } from '../../../../src/sql/index.ts';
import type { Front } from './check.ts';

/** What is tested: reading, printing and analysing as people use them. */
export const front: Front = { parse, print, analyze };
