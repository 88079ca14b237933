import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import nunjucks from 'nunjucks';

/** A folder of templates of files that Ingot writes for people to keep. */
export function scaffoldFolder(name: 'project' | 'workflows' | 'docs'): string {
  return join(dirname(fileURLToPath(import.meta.url)), '../templates', name);
}

let environment: nunjucks.Environment | undefined;

/** The text of such a file. */
export function scaffoldText(template: string, values: object): string {
  environment ??= new nunjucks.Environment(null, {
    autoescape: false,
    trimBlocks: true,
    // These files are templates themselves, for a project or for a CI: their own {{ }} has to stay.
    tags: {
      variableStart: '<$',
      variableEnd: '$>',
      blockStart: '<%',
      blockEnd: '%>',
      commentStart: '<#',
      commentEnd: '#>',
    },
  });
  return environment.renderString(readFileSync(template, 'utf8'), values);
}
