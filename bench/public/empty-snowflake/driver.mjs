// As much of snowflake-sdk as Ingot calls, in front of an empty account: no schema has objects, nothing can be described,
// and every other query gives one column without rows.
import { Readable } from 'node:stream';

const column = (name) => ({
  getName: () => name,
  getType: () => 'text',
  getScale: () => 0,
  getPrecision: () => null,
  isNullable: () => true,
});

function failureOf(sql) {
  const words = sql
    .replace(/\/\*[\s\S]*?\*\/|--[^\n]*/g, ' ')
    .trim()
    .toLowerCase();
  const refuse = (code, message) =>
    Object.assign(new Error(`SQL compilation error: ${message}`), { code, sqlState: '02000' });
  if (/^show\s+(terse\s+)?objects\b/.test(words)) return refuse('002043', 'Object does not exist');
  if (/^desc(ribe)?\b/.test(words)) return refuse('002003', 'Object does not exist or not authorized.');
  return undefined;
}

const statement = {
  getColumns: () => [column('C')],
  getNumUpdatedRows: () => -1,
  getQueryId: () => '00000000-0000-0000-0000-000000000000',
  getRequestId: () => '00000000-0000-0000-0000-000000000000',
  streamRows: () => Readable.from([]),
  cancel: (done) => done?.(undefined, statement),
};

const connection = {
  async connectAsync(done) {
    done(undefined, connection);
  },
  execute({ sqlText, complete }) {
    queueMicrotask(() => complete(failureOf(sqlText ?? ''), statement));
    return statement;
  },
  isUp: () => true,
  isValidAsync: async () => true,
  destroy: (done) => done(undefined, connection),
};

export default { configure() {}, createConnection: () => connection };
