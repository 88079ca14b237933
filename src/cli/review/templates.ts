import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import nunjucks from 'nunjucks';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'templates', 'review');
let environment: nunjucks.Environment | undefined;

/** A report's template. What it is given is written as it is: escape it before. Reading a value that is not there throws. */
export function reviewTemplate(file: string): (values: object) => string {
  environment ??= new nunjucks.Environment(new nunjucks.FileSystemLoader(folder), {
    autoescape: false,
    throwOnUndefined: true,
    trimBlocks: true,
    lstripBlocks: true,
  });
  const template = environment.getTemplate(file, true);
  return (values) => template.render(values);
}
