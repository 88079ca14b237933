import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A hub of packages on this machine: pages by path, archives by path; everything else is not found. */
export class HubServer {
  readonly pages = new Map<string, unknown>();
  readonly archives = new Map<string, string>();
  /** Paths that were asked for. */
  readonly asked: string[] = [];
  /** How many times the next answers are an error. */
  failures = 0;
  #server: Server | undefined;

  /** Its address, with a `/` behind it. */
  async start(): Promise<string> {
    this.#server = createServer((request, response) => {
      const path = request.url ?? '/';
      this.asked.push(path);
      if (this.failures > 0) {
        this.failures -= 1;
        response.writeHead(503).end();
        return;
      }
      const archive = this.archives.get(path);
      if (archive !== undefined) response.end(readFileSync(archive));
      else if (this.pages.has(path)) response.end(JSON.stringify(this.pages.get(path)));
      else response.writeHead(404).end();
    });
    await new Promise<void>((done) => this.#server?.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  async stop(): Promise<void> {
    await new Promise((done) => this.#server?.close(done));
  }
}
