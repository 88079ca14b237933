// Loaded before the program: its statements go to a warehouse that another process has open, so that several processes
// can work on one at the same time, as on a server. It knows as much of a connection and of a result as the adapter asks.
import { createConnection } from 'node:net';
import { createInterface } from 'node:readline';
import { DuckDBInstance } from './program-driver.mjs';

const socketPath = new URL(import.meta.url).searchParams.get('socket');

DuckDBInstance.fromCache = async () => ({ connect, closeSync() {} });

async function connect() {
  const socket = createConnection(socketPath);
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  const answers = createInterface({ input: socket })[Symbol.asyncIterator]();
  return {
    async run(sql) {
      socket.write(`${JSON.stringify({ sql })}\n`);
      const { value } = await answers.next();
      const { failure, ...result } = JSON.parse(value);
      if (failure !== undefined) throw new Error(failure);
      return resultOf(result);
    },
    interrupt() {},
    disconnectSync: () => socket.end(),
  };
}

function resultOf({ names, types, rows }) {
  const values = rows.map((row) =>
    row.map((cell, index) => (types[index] === 'BIGINT' && cell !== null ? BigInt(cell) : cell)),
  );
  const chunk = {
    appendToRows: (all) => all.push(...values),
    getColumnVector: (column) => ({ getItem: (row) => values[row]?.[column] }),
  };
  return {
    columnNames: () => names,
    columnTypes: () => types,
    columnName: (index) => names[index],
    columnCount: names.length,
    rowCount: values.length,
    chunkCount: values.length > 0 ? 1 : 0,
    getChunk: () => chunk,
  };
}
