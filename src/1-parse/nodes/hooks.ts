import { type CodeNode, hooksOf, type NodeConfig, type Span } from '../../core/index.ts';
import { freeNames, parseTemplate, TemplateError } from '../../jinja/index.ts';
import { isTemplate } from '../properties/templates.ts';
import { capture, seen } from '../rendering/capture.ts';
import type { Captured } from '../sql/captured.ts';
import type { Draft } from './draft.ts';
import type { Linking } from './linking.ts';

/** What hooks need to be known for: whether they could refer to anything, and the macros that they call. */
interface HookNames {
  readonly tells: boolean;
  readonly macros: readonly string[];
}

const telling = new Set(['ref', 'source', 'config', 'metric', 'function', 'builtins', 'context', 'render']);

/** Adds to what a node refers to what its hooks do: they run with it. */
export function createHookCapturer(
  linking: Linking,
): (draft: Draft, captured: Captured, config: NodeConfig, node: () => CodeNode) => Captured {
  const known = new Map<string, HookNames>();
  const namesOf = (sql: string, packageName: string): HookNames => {
    const key = `${packageName}:${sql}`;
    let names = known.get(key);
    if (names === undefined) {
      names = readNames(linking, sql, packageName);
      known.set(key, names);
    }
    return names;
  };
  return (draft, captured, config, node) => {
    const hooks = hooksOf(config).filter(({ sql }) => isTemplate(sql));
    let result = captured;
    for (const { sql } of hooks) {
      const { tells, macros } = namesOf(sql, draft.packageName);
      result = tells ? withRendered(linking, draft, result, sql, node()) : withMacros(result, macros);
    }
    return result;
  };
}

export function hasHooks(config: NodeConfig): boolean {
  return (config['pre-hook']?.length ?? 0) + (config['post-hook']?.length ?? 0) > 0;
}

function readNames(linking: Linking, sql: string, packageName: string): HookNames {
  const { search } = linking.world;
  const macros: string[] = [];
  let tells = false;
  try {
    for (const chain of freeNames(parseTemplate(sql))) {
      const [first = '', second] = chain.split('.');
      if (telling.has(first) || chain === 'adapter.dispatch') tells = true;
      const inPackage = second !== undefined && search.isPackage(first);
      const macro = inPackage
        ? search.findIn(first, second)
        : second === undefined
          ? search.find(packageName, first)
          : undefined;
      if (macro === undefined) continue;
      macros.push(macro.unique_id);
      if (linking.reaches(macro)) tells = true;
    }
  } catch (failure) {
    if (!(failure instanceof TemplateError)) throw failure;
    // Rendering will say what is wrong.
    tells = true;
  }
  return { tells, macros };
}

function withMacros(captured: Captured, macros: readonly string[]): Captured {
  return macros.length === 0 ? captured : { ...captured, macros: [...new Set([...captured.macros, ...macros])] };
}

function withRendered(linking: Linking, draft: Draft, captured: Captured, sql: string, node: CodeNode): Captured {
  const file = '<hook>';
  const { captured: more, diagnostics } = capture(linking.world, {
    text: sql,
    start: 0,
    end: sql.length,
    file,
    ...seen(node),
    packageName: draft.packageName,
  });
  const start = captured.configSpan ?? { ...draft.definition, end: draft.definition.start };
  const place = (span: Span | undefined): Span => (span === undefined || span.file === file ? start : span);
  for (const diagnostic of diagnostics)
    linking.report({
      ...diagnostic,
      message: `In a hook of '${draft.name}': ${diagnostic.message}`,
      span: place(diagnostic.span),
    });
  return {
    ...captured,
    refs: [...captured.refs, ...more.refs.map((ref) => ({ ...ref, span: place(ref.span) }))],
    sources: [...captured.sources, ...more.sources.map((source) => ({ ...source, span: place(source.span) }))],
    macros: [...new Set([...captured.macros, ...more.macros])],
  };
}
