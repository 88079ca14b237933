import { filesAt, readPlace } from '../files/stage.ts';
import { wholeNumber } from '../sql/types.ts';
import { type Statement, textColumn, typeIds } from './statement.ts';

/** LIST @stage[/path] [PATTERN = 'regex']: the pattern has to fit the whole name. */
export const listFiles: Statement = async (run, cursor) => {
  const place = readPlace(run, cursor);
  const pattern = acceptPattern(cursor);
  cursor.expectEnd();
  const found = filesAt(run, place).filter(({ name }) => pattern?.test(name) ?? true);
  return {
    columns: [
      textColumn('name'),
      { name: 'size', type: wholeNumber, nullable: true },
      textColumn('md5'),
      textColumn('last_modified'),
    ],
    rows: found.map(({ name, size, md5, modified }) => [name, String(size), md5, modified.toUTCString()]),
    typeId: typeIds.select,
  };
};

function acceptPattern(cursor: Parameters<Statement>[1]): RegExp | undefined {
  if (!cursor.accept('PATTERN')) return undefined;
  cursor.expectSymbol('=');
  return new RegExp(`^(?:${cursor.expectString()})$`);
}
