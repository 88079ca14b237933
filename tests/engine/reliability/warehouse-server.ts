import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** A warehouse that this process has open, for others to work on: each connection has a session of its own. */
export class WarehouseServer {
  readonly #instance: DuckDBInstance;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(instance: DuckDBInstance, server: Server) {
    this.#instance = instance;
    this.#server = server;
  }

  static async start(file: string, socketPath: string): Promise<WarehouseServer> {
    const instance = await DuckDBInstance.create(file, { errors_as_json: 'true', threads: '1' });
    const server = createServer();
    const warehouse = new WarehouseServer(instance, server);
    server.on('connection', (socket) => void warehouse.#serve(socket));
    await new Promise<void>((listening) => server.listen(socketPath, listening));
    return warehouse;
  }

  async query(sql: string): Promise<unknown[][]> {
    const connection = await this.#instance.connect();
    try {
      return (await connection.runAndReadAll(sql)).getRowsJson();
    } finally {
      connection.disconnectSync();
    }
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((closed) => this.#server.close(closed));
    this.#instance.closeSync();
  }

  async #serve(socket: Socket): Promise<void> {
    this.#sockets.add(socket);
    const connection = await this.#instance.connect();
    socket.on('error', () => undefined);
    try {
      for await (const line of createInterface({ input: socket })) {
        socket.write(`${JSON.stringify(await answer(connection, JSON.parse(line).sql))}\n`);
      }
    } catch {
      // The client was killed in the middle of a line.
    }
    // What a client has left open is rolled back.
    connection.disconnectSync();
    this.#sockets.delete(socket);
  }
}

async function answer(connection: DuckDBConnection, sql: string): Promise<object> {
  try {
    const reader = await connection.runAndReadAll(sql);
    return { names: reader.columnNames(), types: reader.columnTypes().map(String), rows: reader.getRowsJson() };
  } catch (failure) {
    return { failure: failure instanceof Error ? failure.message : String(failure) };
  }
}
