// tsc writes only what it compiles; the templates of `ingot init` are copied beside it, and the command made executable.
import { chmodSync, cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
cpSync(at('src/cli/templates'), at('dist/cli/templates'), { recursive: true });
chmodSync(at('dist/cli/main.cjs'), 0o755);
