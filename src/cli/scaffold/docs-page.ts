import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scaffoldFolder } from './scaffold.ts';

/** The page that shows `manifest.json` and `catalog.json`, which stand beside it. */
export function docsPage(): string {
  return readFileSync(join(scaffoldFolder('docs'), 'index.html'), 'utf8');
}

/** Writes the page beside the artifacts; `static`: also as one file with everything in it. */
export function writeDocsPage(folder: string, { static: isStatic }: { readonly static: boolean }): void {
  const page = docsPage();
  writeFileSync(join(folder, 'index.html'), page);
  if (!isStatic) return;
  const data = ['manifest', 'catalog'].map((name) => {
    const path = join(folder, `${name}.json`);
    // No text of the project may end the element that it stands in.
    const json = existsSync(path) ? readFileSync(path, 'utf8').replaceAll('<', '\\u003c') : 'null';
    return `<script type="application/json" id="${name}">${json}</script>`;
  });
  writeFileSync(
    join(folder, 'static_index.html'),
    page.replace('<!-- data -->', () => data.join('\n')),
  );
}
