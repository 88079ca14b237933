import {
  type AcceptedBreak,
  asMapping,
  type Diagnostic,
  error,
  type GraphNode,
  type Json,
  type JsonObject,
  type Span,
  warning,
} from '../../core/index.ts';

/** What `accept_breaking:` says of a node. */
export interface AcceptedFindings {
  /** Set where a break is accepted on that day. */
  readonly accepted?: AcceptedBreak | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads `accept_breaking:` of a node: in its config, or in its `meta`.
 *
 * @param today `YYYY-MM-DD`.
 */
export function readAccepted(node: GraphNode, today: string): AcceptedFindings {
  const config = node.config as JsonObject;
  const written =
    config.accept_breaking ?? asMapping(config.meta)?.accept_breaking ?? asMapping(node.meta)?.accept_breaking;
  return judge(written, `'${node.name}'`, node.origin.properties ?? node.origin.definition, today);
}

const kinds: Readonly<Record<string, string>> = {
  model: 'models',
  seed: 'seeds',
  snapshot: 'snapshots',
  source: 'sources',
};

/**
 * Of a node that is gone, no file of its own can say it: the project file does, where it configures the folder that the
 * node stood in, or the node.
 */
export function readAcceptedOfRemoved(node: GraphNode, projectFile: JsonObject, today: string): AcceptedFindings {
  let level = asMapping(projectFile[kinds[node.resource_type] ?? '']);
  let found: Json | undefined;
  for (const name of [undefined, ...node.fqn]) {
    if (name !== undefined) level = asMapping(level?.[name]);
    found = level?.['+accept_breaking'] ?? level?.accept_breaking ?? found;
  }
  return judge(found, `'${node.name}', which is gone,`, undefined, today);
}

function judge(written: Json | undefined, name: string, span: Span | undefined, today: string): AcceptedFindings {
  if (written === undefined || written === null) return { diagnostics: [] };
  const hint = "For example: accept_breaking: {reason: 'amount is net from now on', until: 2026-12-31}";
  const { reason, until } = asMapping(written) ?? {};
  const date = typeof until === 'string' ? until.trim() : undefined;
  const wrong =
    typeof reason !== 'string' || reason.trim() === ''
      ? 'a reason'
      : date === undefined || !isDate(date)
        ? 'a day in until, written as 2026-12-31'
        : undefined;
  if (wrong !== undefined) {
    const message = `accept_breaking of ${name} needs ${wrong}`;
    return { diagnostics: [error('changes/accept-breaking', message, { span, hint })] };
  }
  const accepted = { reason: String(reason).trim(), until: date! };
  if (date! >= today) return { accepted, diagnostics: [] };
  const message = `accept_breaking of ${name} ended on ${date}`;
  return {
    diagnostics: [warning('changes/accept-expired', message, { span, hint: 'Take it out, or give it another day' })],
  };
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
