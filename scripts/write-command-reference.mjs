// Writes docs/reference/commands.md from what the commands say of themselves. Build first: npm run build
//   node scripts/write-command-reference.mjs
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const help = (...words) =>
  execFileSync(process.execPath, [at('dist/cli/main.cjs'), ...words, '--help'], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', COLUMNS: '110' },
  }).trimEnd();

const overview = help();
const names = [...overview.matchAll(/^ {2}([a-z-]+)(?: [[<][\w.]+[\]>])* {2,}\S/gm)].map(([, name]) => name);
// Every command ends with the same options; they are shown once.
const pages = names.map((name) => [name, ...help(name).split('\n\nGlobal options:\n')]);
const section = (title, text) => `## ${title}\n\n\`\`\`text\n${text}\n\`\`\`\n`;
const sections = [...pages.map(([name, own]) => section(`ingot ${name}`, own)), section('Global options', pages[0][2])];
const head = `# Commands

Written by \`scripts/write-command-reference.mjs\` from the commands themselves. Exit codes: 0 done, 1 something in the run failed,
2 the project or the call is wrong. Options are dbt's; a dbt option that is not here yet is refused by name, never ignored.
`;
writeFileSync(at('docs/reference/commands.md'), [head, `\`\`\`text\n${overview}\n\`\`\`\n`, ...sections].join('\n'));
