import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, relative } from 'node:path';
import { error, Problem, readRefusal } from '../../core/index.ts';
import type { ExitCode } from '../engine/outcome.ts';
import { docsPage } from '../scaffold/docs-page.ts';
import type { Session } from '../session.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
};

/** `docs serve`: shows what `docs generate` wrote, until it is stopped. */
export async function serveDocs(session: Session): Promise<ExitCode> {
  const engine = await session.engine();
  const { targetPath, diagnostics } = await engine.openProject(session.call(), session.host);
  session.reporter.diagnose(diagnostics);
  if (diagnostics.some(({ severity }) => severity === 'error')) return 2;
  if (!existsSync(join(targetPath, 'manifest.json'))) {
    throw new Problem(
      error('cli/no-docs', `There is no manifest.json in ${targetPath}`, { hint: 'Run: ingot docs generate' }),
    );
  }
  const { port, host } = session.invocation.values;
  session.host.heedSignals?.();
  const server = createServer((request, response) => answer(targetPath, request, response));
  // Nobody's name would be everybody's: a variable of a script may not be set.
  const address = await listen(server, Number(port), String(host) || '127.0.0.1');
  session.reporter.say('info', `Serving docs at ${address}; Ctrl-C ends it`);
  await stopped(session.host.signal);
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  return 0;
}

function listen(server: Server, port: number, host: string): Promise<string> {
  const refused = (reason: string, hint?: string): Problem =>
    new Problem(error('cli/cannot-serve', `Nothing can be served at ${host}:${port}: ${reason}`, { hint }));
  if (port < 0 || port > 65535) throw refused('there is no such port', 'Ports are 1 to 65535; 0: any that is free');
  return new Promise((done, fail) => {
    server.once('error', ({ code, message }: NodeJS.ErrnoException) => {
      fail(refused(message, code === 'EADDRINUSE' ? 'Take another port: --port 8081' : undefined));
    });
    server.listen(port, host, () => {
      const at = server.address();
      const taken = typeof at === 'object' && at !== null ? at.port : port;
      done(`http://${host.includes(':') ? `[${host}]` : host}:${taken}`);
    });
  });
}

const stopped = (signal: AbortSignal): Promise<void> =>
  new Promise((done) => {
    if (signal.aborted) done();
    signal.addEventListener('abort', () => done(), { once: true });
  });

/** Files of the kinds that a page needs, of the target folder and nothing else. */
function answer(folder: string, { method, url = '/' }: IncomingMessage, response: ServerResponse): void {
  const { status, type, content } = method === 'GET' || method === 'HEAD' ? answerTo(folder, url) : notFound;
  // What is there is read anew each time: another `docs generate` shows after a reload.
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(method === 'HEAD' ? undefined : content);
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly content: string | Buffer;
}

const notFound: Answer = { status: 404, type: 'text/plain', content: 'Not found\n' };

/** A file may be gone, or be written anew without the right to read it, at any time: that ends no server. */
function answerTo(folder: string, url: string): Answer {
  try {
    return fileAt(folder, url);
  } catch (failure) {
    return { status: 500, type: 'text/plain', content: `It cannot be read: ${readRefusal(failure)}\n` };
  }
}

function fileAt(folder: string, url: string): Answer {
  const path = pathOf(url);
  const type = path === undefined ? undefined : types[extname(path)];
  if (path === undefined || type === undefined) return notFound;
  const file = join(folder, path);
  if (!existsSync(file)) return path === '/index.html' ? { status: 200, type, content: docsPage() } : notFound;
  const isOutside = relative(realpathSync(folder), realpathSync(file)).startsWith('..');
  if (isOutside || !statSync(file).isFile()) return notFound;
  return { status: 200, type, content: readFileSync(file) };
}

function pathOf(url: string): string | undefined {
  try {
    const { pathname } = new URL(url, 'http://localhost');
    const path = decodeURIComponent(pathname);
    return path === '/' ? '/index.html' : path;
  } catch {
    return undefined;
  }
}
