// Loaded before the program. Reads some tables all the time, as somebody else would, and notes in a file whatever it
// sees that it had not seen before; ends the process as `kill -9` does, right before its statement of that number.
import { appendFileSync } from 'node:fs';
import { DuckDBConnection, DuckDBInstance } from './program-driver.mjs';

const { searchParams } = new URL(import.meta.url);
const at = Number(searchParams.get('at') ?? Number.POSITIVE_INFINITY);
const file = searchParams.get('file');
const queries = searchParams.getAll('query');

const { run } = DuckDBConnection.prototype;
const { connect } = DuckDBInstance.prototype;
const readers = new WeakSet();
const seen = new Set();
let sent = 0;
let watching = false;

DuckDBConnection.prototype.run = function counted(...args) {
  // How many threads there are depends on the moment, and nothing on them.
  if (readers.has(this) || /^set external_threads /.test(args[0])) return run.apply(this, args);
  sent += 1;
  if (sent === at) process.kill(process.pid, 'SIGKILL');
  return run.apply(this, args);
};

DuckDBInstance.prototype.connect = async function watched() {
  if (!watching && queries.length > 0) {
    watching = true;
    const reader = await connect.call(this);
    readers.add(reader);
    void watch(reader);
  }
  return connect.call(this);
};

/** Until the process ends, or the database is closed. */
async function watch(reader) {
  for (;;) {
    for (const query of queries) {
      let line;
      try {
        const result = await (await run.call(reader, query)).getRowsJson();
        line = JSON.stringify({ query, rows: result });
      } catch (failure) {
        if (/closed|disconnected/i.test(String(failure))) return;
        line = JSON.stringify({ query, failure: String(failure) });
      }
      if (seen.has(line)) continue;
      seen.add(line);
      appendFileSync(file, `${line}\n`);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

process.on('exit', () => process.stderr.write(`statements: ${sent}\n`));
