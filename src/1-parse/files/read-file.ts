import { hash } from 'node:crypto';
import { type Diagnostic, templateDiagnostic } from '../../core/index.ts';
import { definitionBody, parseTemplate, type Template, TemplateError } from '../../jinja/index.ts';
import { docsFacts } from '../docs/docs-facts.ts';
import { macroFacts } from '../macros/macro-facts.ts';
import { onlyBlocks } from '../macros/only-blocks.ts';
import { type ReadOptions, readProperties } from '../properties/read-properties.ts';
import { pythonFacts } from '../sql/python-facts.ts';
import { packCalls, type SnapshotFileFacts, sqlFacts } from '../sql/sql-facts.ts';
import { staticCalls } from '../sql/static-calls.ts';
import type { FileFacts } from './file-facts.ts';
import { strip } from './strip.ts';
import type { FoundFile } from './walk.ts';

export interface FileRead {
  readonly facts: FileFacts;
  readonly diagnostics: readonly Diagnostic[];
  /** What goes into the file's detail. */
  readonly detail: string;
}

/** Learns from a file's text what it says by itself. */
export function readFileFacts(found: FoundFile, text: string, options: ReadOptions): FileRead {
  const { file } = found;
  switch (found.kind) {
    case 'model':
    case 'function':
      if (found.path.endsWith('.py')) {
        const facts = pythonFacts(text, file, found.kind === 'model' ? 'table' : 'function');
        return { facts, diagnostics: [], detail: text };
      }
      return { facts: sqlFacts(text, file), diagnostics: [], detail: text };
    case 'test':
    case 'analysis':
      return { facts: sqlFacts(text, file), diagnostics: [], detail: text };
    case 'properties': {
      const { facts, details, diagnostics } = readProperties(text, file, options);
      return { facts: { kind: 'properties', ...facts }, diagnostics, detail: JSON.stringify(details) };
    }
    case 'macro':
      return macrosOf(found, text);
    case 'docs':
      return { ...docsFacts(text, file), detail: '' };
    case 'snapshot':
      return fromTemplate(found, text, { kind: 'snapshots', blocks: [] }, (template) =>
        snapshotFacts(template, text, file),
      );
    case 'seed':
      return { facts: { kind: 'seed' }, diagnostics: [], detail: '' };
    case 'fixture':
      return { facts: { kind: 'fixture' }, diagnostics: [], detail: text };
  }
}

function macrosOf(found: FoundFile, text: string): FileRead {
  const read = (code: string): FileRead =>
    fromTemplate(found, code, { kind: 'macros', macros: [] }, (template) => ({
      kind: 'macros',
      macros: macroFacts(template, found.fromTests === true && found.relativePath.startsWith('generic/')),
    }));
  const whole = read(text);
  const blocks = whole.diagnostics.length > 0 ? onlyBlocks(text) : undefined;
  return blocks === undefined ? whole : read(blocks);
}

function fromTemplate(
  found: FoundFile,
  text: string,
  empty: FileFacts,
  facts: (template: Template) => FileFacts,
): FileRead {
  try {
    return { facts: facts(parseTemplate(text, { file: found.file })), diagnostics: [], detail: text };
  } catch (failure) {
    if (!(failure instanceof TemplateError)) throw failure;
    const fallback = { file: found.file, start: 0, end: 0 };
    return {
      facts: empty,
      diagnostics: [templateDiagnostic(failure, 'parse/template-syntax', fallback)],
      detail: text,
    };
  }
}

function snapshotFacts(template: Template, text: string, file: string): SnapshotFileFacts {
  const blocks = template.blocks
    .filter(({ kind }) => kind === 'snapshot')
    .map((block) => {
      const { start, end } = definitionBody(block);
      const calls = staticCalls(text, file, start, end);
      const { name, nameStart, nameEnd } = block;
      return { name, nameStart, nameEnd, start, end, calls: calls && packCalls(calls, file) };
    });
  return { kind: 'snapshots', blocks };
}

/** dbt's checksum of a text. */
export function checksumOf(text: string): string {
  return hash('sha256', strip(text));
}
