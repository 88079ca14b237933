import { type Diagnostic, error, templateDiagnostic } from '../../core/index.ts';
import { parseTemplate, renderTemplate, TemplateError } from '../../jinja/index.ts';
import type { DocFacts, DocsFacts } from '../files/file-facts.ts';

// As dbt, which leaves aside what stands behind the name.
const opening = /\{%[-+]?\s*docs\s+([A-Za-z_]\w*)[^%]*%\}/g;
// A name may stand in it, which means nothing.
const closing = /\{%[-+]?\s*enddocs\b[^%]*%\}/g;
const raw = /\{%[-+]?\s*raw\s*[-+]?%\}.*?\{%[-+]?\s*endraw\s*[-+]?%\}/gs;

/**
 * The docs blocks of a Markdown file. The rest of the file is anything people write, so nothing else in it is taken for a
 * template. Templates inside a block see nothing of the project, as in dbt.
 */
export function docsFacts(text: string, file: string): { facts: DocsFacts; diagnostics: readonly Diagnostic[] } {
  const blocks: DocFacts[] = [];
  const diagnostics: Diagnostic[] = [];
  // Texts about docs blocks have the tags of one in raw sections.
  const shown = text.replace(raw, (section) => ' '.repeat(section.length));
  opening.lastIndex = 0;
  for (let open = opening.exec(shown); open !== null; open = opening.exec(shown)) {
    const name = open[1] ?? '';
    const start = open.index;
    const bodyStart = opening.lastIndex;
    closing.lastIndex = bodyStart;
    const close = closing.exec(shown);
    if (close === null) {
      const span = { file, start, end: bodyStart };
      const message = `The docs block '${name}' is opened here and never closed`;
      diagnostics.push(error('parse/template-syntax', message, { span, hint: 'Write {% enddocs %} behind it' }));
      break;
    }
    const contents = renderBody(text, file, bodyStart, close.index, diagnostics);
    if (contents !== undefined) blocks.push({ name, contents: contents.trim(), start, end: closing.lastIndex });
    opening.lastIndex = closing.lastIndex;
  }
  return { facts: { kind: 'docs', blocks }, diagnostics };
}

function renderBody(
  text: string,
  file: string,
  start: number,
  end: number,
  diagnostics: Diagnostic[],
): string | undefined {
  const body = text.slice(start, end);
  if (!/\{[{%#]/.test(body)) return body;
  try {
    return renderTemplate(parseTemplate(text, { file, start, end }));
  } catch (failure) {
    if (!(failure instanceof TemplateError)) throw failure;
    diagnostics.push(templateDiagnostic(failure, 'parse/template-error', { file, start, end: start }));
    return undefined;
  }
}
