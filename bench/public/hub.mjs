// A hub of dbt packages on this machine, made of git repositories: what hub.getdbt.com answers, without the network.
//   node bench/public/hub.mjs --git DIR [--port 8099]      then DBT_PACKAGE_HUB_URL=http://127.0.0.1:8099/
// DIR holds bare repositories as OWNER+NAME/repo or OWNER+NAME.git. A package has the name that its dbt_project.yml says,
// its owner's namespace, and its version tags as versions.
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import semver from 'semver';
import { parse } from 'yaml';

const run = promisify(execFile);

/** Repositories below a folder, by `owner/name`. */
export function repositoriesIn(folder) {
  return readdirSync(folder).flatMap((entry) => {
    const [, owner, name] = /^([^+]+)\+(.+?)(?:\.git)?$/.exec(entry) ?? [];
    const inner = join(folder, entry, 'repo');
    return owner ? [{ owner, name, path: existsSync(inner) ? inner : join(folder, entry) }] : [];
  });
}

/** Starts the hub. Gives its address, with a `/` behind it, and what stops it. */
export async function startHub(folder, port = 0) {
  const packages = new Map();
  for (const repository of repositoriesIn(folder)) {
    const project = readYaml(repository.path, 'HEAD', 'dbt_project.yml');
    if (project?.name) packages.set(`${repository.owner}/${project.name}`, { ...repository, project: project.name });
  }
  const server = createServer((request, response) => {
    answer(request.url ?? '/', packages, address).then(
      (body) => (body === undefined ? response.writeHead(404).end() : response.end(body)),
      (failure) => response.writeHead(500).end(String(failure)),
    );
  });
  await new Promise((done) => server.listen(port, '127.0.0.1', done));
  const address = `http://127.0.0.1:${server.address().port}/`;
  return { address, stop: () => server.close() };
}

async function answer(url, packages, address) {
  if (url === '/api/v1/index.json') return JSON.stringify([...packages.keys()]);
  const [, page] = /^\/api\/v1\/([^/]+\/[^/]+)\.json$/.exec(url) ?? [];
  const found = packages.get(page);
  if (found) return JSON.stringify(pageOf(page, found, address));
  const [, named, tag] = /^\/archive\/([^/]+\/[^/]+)\/(.+)\.tar\.gz$/.exec(url) ?? [];
  const archived = packages.get(named);
  return archived && (await archiveOf(archived, tag));
}

function pageOf(page, { owner, path, project }, address) {
  const versions = {};
  for (const tag of git(path, 'tag').split('\n')) {
    const version = semver.valid(tag);
    if (version === null) continue;
    const about = readYaml(path, tag, 'dbt_project.yml');
    if (about?.name !== project) continue;
    versions[version] = {
      id: `${page}/${version}`,
      name: project,
      version,
      packages: readYaml(path, tag, 'packages.yml')?.packages ?? [],
      require_dbt_version: about['require-dbt-version'] ?? [],
      downloads: { tarball: `${address}archive/${page}/${tag}.tar.gz`, format: 'tgz' },
    };
  }
  const latest = Object.keys(versions).sort(semver.rcompare)[0];
  return { name: project, namespace: owner, latest, versions };
}

/** A repository may lack its largest files: what there is of a package is enough to install it. */
async function archiveOf({ path, project }, tag) {
  const files = git(path, 'ls-tree', '-r', tag)
    .split('\n')
    .map((line) => /^\d+ (blob) ([0-9a-f]+)\t(.*)$/.exec(line))
    .filter(Boolean);
  const known = execFileSync('git', ['--git-dir', path, 'cat-file', '--batch-check'], {
    input: files.map(([, , id]) => id).join('\n'),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  }).split('\n');
  const absent = files.filter((_, index) => known[index]?.endsWith(' missing')).map(([, , , file]) => file);
  const without = absent.map((file) => `:(exclude,literal)${file}`);
  const words = [
    '--git-dir',
    path,
    'archive',
    '--format=tar.gz',
    `--prefix=${project}-${tag}/`,
    tag,
    '--',
    '.',
    ...without,
  ];
  return (await run('git', words, { encoding: 'buffer', maxBuffer: 2 ** 30 })).stdout;
}

function readYaml(path, revision, file) {
  try {
    return parse(git(path, 'show', `${revision}:${file}`));
  } catch {
    return undefined;
  }
}

function git(path, ...words) {
  return execFileSync('git', ['--git-dir', path, ...words], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { git: { type: 'string' }, port: { type: 'string', default: '8099' } } });
  const { address } = await startHub(resolve(values.git ?? '.'), Number(values.port));
  console.log(`DBT_PACKAGE_HUB_URL=${address}`);
}
