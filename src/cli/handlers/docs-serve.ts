import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, relative } from 'node:path';
import { error, Problem } from '../../core/index.ts';
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
  const address = await listen(server, Number(port), String(host));
  session.reporter.say('info', `Serving docs at ${address}; Ctrl-C ends it`);
  await stopped(session.host.signal);
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  return 0;
}

function listen(server: Server, port: number, host: string): Promise<string> {
  return new Promise((done, fail) => {
    server.once('error', (failure: NodeJS.ErrnoException) => {
      const hint = failure.code === 'EADDRINUSE' ? 'Take another port: --port 8081' : undefined;
      fail(
        new Problem(
          error('cli/cannot-serve', `Nothing can be served at ${host}:${port}: ${failure.message}`, { hint }),
        ),
      );
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
  const found = method === 'GET' || method === 'HEAD' ? fileAt(folder, url) : undefined;
  if (found === undefined) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n');
    return;
  }
  // What is there is read anew each time: another `docs generate` shows after a reload.
  response.writeHead(200, { 'content-type': found.type, 'cache-control': 'no-store' });
  response.end(method === 'HEAD' ? undefined : found.content);
}

function fileAt(folder: string, url: string): { readonly type: string; readonly content: string | Buffer } | undefined {
  const path = pathOf(url);
  const type = path === undefined ? undefined : types[extname(path)];
  if (path === undefined || type === undefined) return undefined;
  const file = join(folder, path);
  if (!existsSync(file)) return path === '/index.html' ? { type, content: docsPage() } : undefined;
  const isOutside = relative(realpathSync(folder), realpathSync(file)).startsWith('..');
  return isOutside ? undefined : { type, content: readFileSync(file) };
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
