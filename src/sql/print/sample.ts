import type { Sample } from '../tree.ts';
import { concat, type Doc } from './document.ts';
import type { Printing } from './printing.ts';

/** `sample bernoulli (10)`, `tablesample (5 rows) repeatable (1)`, `using sample reservoir (20 percent)` */
export function printSample(printing: Printing, { method, size, unit, seed, word }: Sample): Doc {
  const percent = printing.dialect.syntax.usingSample ? ' percent' : '';
  const how = method === undefined ? ' ' : ` ${method} `;
  const amount = concat('(', printing.expression(size), unit === 'rows' ? ' rows' : percent, ')');
  return concat(word, how, amount, seed ? concat(' repeatable (', printing.expression(seed), ')') : '');
}
