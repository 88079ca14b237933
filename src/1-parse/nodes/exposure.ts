import {
  asMapping,
  asText,
  type ExposureNode,
  error,
  isMapping,
  type Json,
  type JsonObject,
  type Span,
  showValue,
  type TestNode,
  templateDiagnostic,
  textsIn,
} from '../../core/index.ts';
import { parseTemplate, renderTemplate, TemplateError } from '../../jinja/index.ts';
import type { LoadedFile } from '../files/load-files.ts';
import { fqnOf } from '../names/fqn.ts';
import type { EntryFacts, OtherContent } from '../properties/facts.ts';
import { Recording, seen } from '../rendering/capture.ts';
import type { Captured } from '../sql/captured.ts';
import { staticCalls } from '../sql/static-calls.ts';
import { entryConfig } from './entry-config.ts';
import { entrySpan } from './entry-span.ts';
import { addDisabled, type Linking } from './linking.ts';

const types = ['dashboard', 'notebook', 'analysis', 'ml', 'application'];
const maturities = ['low', 'medium', 'high'];

/** Makes the node of an exposure. */
export function linkExposure(linking: Linking, file: LoadedFile, entry: EntryFacts, content: OtherContent): void {
  const { raw } = content;
  const { packageName, relativePath, path } = file.found;
  const span = entrySpan({ entry, file });
  const fqn = fqnOf(packageName, relativePath, entry.name);
  checkChoice(linking, { file, entry }, 'type', raw.type, { allowed: types, required: true });
  checkChoice(linking, { file, entry }, 'maturity', raw.maturity, { allowed: maturities, required: false });
  const { config, unrendered } = entryConfig(linking, { file, entry }, 'exposure', fqn, asMapping(raw.config));
  const section = linking.world.packages.get(packageName)?.raw.exposures;
  const project = isMapping(section) ? section : {};
  const tags = [...new Set([...textsIn(project.tags), ...textsIn(raw.tags), ...config.tags])].sort();
  const meta: JsonObject = { ...members(project.meta), ...members(raw.meta), ...config.meta };
  const captured = captureReads(linking, file, entry, textsIn(raw.depends_on), span);
  const description = typeof raw.description === 'string' ? raw.description : '';
  const owner = members(raw.owner);
  const node: ExposureNode = {
    resource_type: 'exposure',
    unique_id: `exposure.${packageName}.${entry.name}`,
    name: entry.name,
    package_name: packageName,
    path: relativePath,
    original_file_path: path,
    fqn,
    type: String(raw.type ?? ''),
    owner: { email: null, name: null, ...owner },
    description: linking.describer(packageName).text(description),
    label: asText(raw.label),
    maturity: asText(raw.maturity),
    meta,
    tags,
    config: { ...config, tags, meta },
    unrendered_config: unrendered,
    url: asText(raw.url),
    depends_on: { macros: [], nodes: [] },
    refs: captured.refs.map(({ name, package: from, version }) => ({ name, package: from, version })),
    sources: captured.sources.map(({ source, table }) => [source, table] as const),
    metrics: captured.metrics ?? [],
    created_at: linking.createdAt,
    origin: {
      definition: span,
      refs: captured.refs.map((ref) => ref.span),
      sources: captured.sources.map((source) => source.span),
    },
  };
  if (!node.config.enabled) addDisabled(linking, node);
  else if (!linking.exposures.has(node.unique_id)) linking.exposures.set(node.unique_id, node);
  else {
    const first = linking.exposures.get(node.unique_id);
    const notes = first ? [{ message: 'the other is here', span: first.origin.definition }] : [];
    linking.report(error('parse/duplicate-exposure', `The exposure '${node.name}' is there twice`, { span, notes }));
  }
}

function checkChoice(
  linking: Linking,
  { file, entry }: { readonly file: LoadedFile; readonly entry: EntryFacts },
  key: string,
  value: Json | undefined,
  { allowed, required }: { readonly allowed: readonly string[]; readonly required: boolean },
): void {
  if (value === undefined || value === null ? !required : typeof value === 'string' && allowed.includes(value)) return;
  const said = value === undefined || value === null ? 'missing' : showValue(value);
  const span = linking.spanIn(file, [entry.section, entry.index, key]);
  linking.report(
    error('parse/wrong-value', `'${key}' of '${entry.name}' has to be one of ${allowed.join(', ')}, but is ${said}`, {
      span,
    }),
  );
}

/** `depends_on:` of an exposure: calls of `ref()`, `source()` and `metric()` without braces. */
function captureReads(
  linking: Linking,
  file: LoadedFile,
  entry: EntryFacts,
  calls: readonly string[],
  span: Span,
): Captured {
  const place = (index: number): Span =>
    linking.spanIn(file, [entry.section, entry.index, 'depends_on', index]) ?? span;
  const captured: Captured[] = calls.map((call, index) => {
    const metric = /^\s*metric\(\s*['"]([^'"]+)['"]\s*(?:,\s*['"]([^'"]+)['"]\s*)?\)\s*$/.exec(call);
    if (metric)
      return { refs: [], sources: [], macros: [], metrics: [metric.slice(1).filter((part) => part !== undefined)] };
    return staticCalls(`{{ ${call} }}`, file.found.file) ?? renderCall(linking, file, call, place(index));
  });
  const at = new Map(captured.map((one, index) => [one, index]));
  const spanFor = (one: Captured): Span => (calls.length > 0 ? lazySpan(() => place(at.get(one) ?? 0)) : span);
  return {
    refs: captured.flatMap((one) => one.refs.map((ref) => ({ ...ref, span: spanFor(one) }))),
    sources: captured.flatMap((one) => one.sources.map((source) => ({ ...source, span: spanFor(one) }))),
    macros: [],
    metrics: captured.flatMap((one) => one.metrics ?? []),
  };
}

/** A span that is looked up when somebody asks for it: places in YAML cost a reading of the file. */
function lazySpan(find: () => Span): Span {
  let found: Span | undefined;
  const get = (): Span => {
    found ??= find();
    return found;
  };
  return {
    get file() {
      return get().file;
    },
    get start() {
      return get().start;
    },
    get end() {
      return get().end;
    },
  };
}

function renderCall(linking: Linking, file: LoadedFile, call: string, span: Span): Captured {
  const node = { unique_id: 'exposure', database: null, schema: '', alias: '' } as unknown as TestNode;
  const recording = new Recording(linking.world, { ...seen(node), packageName: file.found.packageName });
  try {
    renderTemplate(parseTemplate(`{{ ${call} }}`, { file: file.found.file }), {
      scope: recording.scope,
      lenient: true,
    });
  } catch (failure) {
    if (!(failure instanceof TemplateError)) throw failure;
    linking.report({ ...templateDiagnostic(failure, 'parse/template-error', span), span });
  }
  return recording.result().captured;
}

function members(value: Json | undefined): JsonObject {
  return isMapping(value) ? value : {};
}
