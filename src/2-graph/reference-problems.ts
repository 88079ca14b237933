import type { Project } from '../1-parse/index.ts';
import type { Diagnostic, DiagnosticNote, RefArguments, Span } from '../core/index.ts';
import { didYouMeanHint, error, warning } from '../core/index.ts';
import { type Reader, type RefResolution, refableNames, sourceNames } from './references.ts';

/** So many unknown names get a did-you-mean; a project with more has another trouble, and hints cost time. */
const mostHints = 100;

/** Words for references that lead nowhere. A test that reads nothing is left out with a warning, as in dbt. */
export class ReferenceProblems {
  readonly #project: Project;
  readonly #hints = new Map<string, string | undefined>();

  constructor(project: Project) {
    this.#project = project;
  }

  /** Undefined for a test of a disabled node, which dbt leaves out without a word. */
  ref(
    node: Reader,
    request: RefArguments,
    resolution: Exclude<RefResolution, { kind: 'found' }>,
    span: Span,
  ): Diagnostic | undefined {
    if (resolution.kind === 'ambiguous') return ambiguous(node, request, resolution.nodes, span);
    const version = request.version === null ? '' : ` with version '${request.version}'`;
    const inPackage = request.package === null ? '' : ` in package '${request.package}'`;
    const start = `${title(node)} depends on a node named '${request.name}'${version}${inPackage}`;
    if (resolution.kind === 'disabled') {
      if (node.resource_type === 'test') return undefined;
      const notes = [{ message: 'it is disabled here', span: resolution.node.origin.definition }];
      return error('graph/disabled-ref', `${start} which is disabled`, { span, notes });
    }
    const hint = this.#hint(request.name, () => refableNames(this.#project));
    return report(node)('graph/unknown-ref', `${start} which was not found`, { span, hint });
  }

  source(node: Reader, name: string, kind: 'disabled' | 'unknown', span: Span): Diagnostic {
    const start = `${title(node)} depends on a source named '${name}'`;
    if (kind === 'disabled') return report(node)('graph/disabled-source', `${start} which is disabled`, { span });
    const hint = this.#hint(`source ${name}`, () => sourceNames(this.#project), name);
    return report(node)('graph/unknown-source', `${start} which was not found`, { span, hint });
  }

  metric(node: Reader, name: string, kind: 'disabled' | 'unknown', span: Span): Diagnostic {
    const start = `${title(node)} depends on a metric named '${name}'`;
    if (kind === 'disabled') return report(node)('graph/disabled-metric', `${start} which is disabled`, { span });
    const known = (): string[] => [...this.#project.metrics.values()].map((metric) => metric.name);
    const hint = this.#hint(`metric ${name}`, known, name);
    return report(node)('graph/unknown-metric', `${start} which was not found`, { span, hint });
  }

  function(node: Reader, name: string, kind: 'disabled' | 'unknown', span: Span): Diagnostic {
    const start = `${title(node)} depends on a function named '${name}'`;
    if (kind === 'disabled') return report(node)('graph/disabled-function', `${start} which is disabled`, { span });
    const known = (): string[] => [...this.#project.functions.values()].map((one) => one.name);
    const hint = this.#hint(`function ${name}`, known, name);
    return report(node)('graph/unknown-function', `${start} which was not found`, { span, hint });
  }

  #hint(key: string, known: () => Iterable<string>, name = key): string | undefined {
    if (this.#hints.has(key)) return this.#hints.get(key);
    if (this.#hints.size >= mostHints) return undefined;
    const hint = didYouMeanHint(name, known());
    this.#hints.set(key, hint);
    return hint;
  }
}

const report = (node: Reader): typeof error => (node.resource_type === 'test' ? warning : error);

/** `Model 'model.shop.orders' (models/orders.sql)`, as dbt begins its messages. */
function title(node: Reader): string {
  const kind = node.resource_type.replace('_', ' ');
  return `${kind[0]?.toUpperCase()}${kind.slice(1)} '${node.unique_id}' (${node.original_file_path})`;
}

function ambiguous(
  node: Reader,
  request: RefArguments,
  found: readonly {
    readonly unique_id: string;
    readonly package_name: string;
    readonly origin: { definition: Span };
  }[],
  span: Span,
): Diagnostic {
  const packages = found.map((candidate) => `'${candidate.package_name}'`).join(' and ');
  const notes: DiagnosticNote[] = found.map((candidate) => ({
    message: candidate.unique_id,
    span: candidate.origin.definition,
  }));
  return error('graph/ambiguous-ref', `${title(node)} refers to '${request.name}', which is in packages ${packages}`, {
    span,
    hint: `Name the package: ref('${found[0]?.package_name}', '${request.name}')`,
    notes,
  });
}
