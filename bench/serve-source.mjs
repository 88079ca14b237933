import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

/** Loads TypeScript of this tree as it stands, by paths from its root. Has to be closed. */
export function serveSource() {
  return createServer({
    root: fileURLToPath(new URL('..', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
}
