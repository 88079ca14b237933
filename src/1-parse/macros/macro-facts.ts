import { type Definition, definitionText, findCalls, freeNames, type Template } from '../../jinja/index.ts';

/** What a file says about one of its macros; of the rest, its text is enough. */
export interface MacroFacts {
  /** dbt's name: `test_x` for a generic test, `materialization_x_default` for a materialization. */
  readonly name: string;
  readonly kind: 'macro' | 'test' | 'materialization';
  /** The block with the blanks that its own `-` signs eat and that no block before it has eaten: dbt's `macro_sql`. */
  readonly textStart: number;
  readonly textEnd: number;
  /** The block. */
  readonly start: number;
  readonly end: number;
  /** Names that it may ask for when it runs, and the members of them (`dbt_utils.star`). */
  readonly names: readonly string[];
  /** `adapter.dispatch(name, namespace)` with literal arguments. */
  readonly dispatches: readonly (readonly [name: string, namespace: string | null])[];
  /** A dispatch whose name is only known when it runs. */
  readonly dispatchesAnything?: boolean;
  /** Of a materialization. */
  readonly languages?: readonly string[];
}

/** The macros of a file; of a file below `tests/generic`, the generic tests only. */
export function macroFacts(template: Template, testsOnly: boolean): readonly MacroFacts[] {
  const { text } = template.source;
  let eaten = text.length - text.trimStart().length;
  const end = text.trimEnd().length;
  const facts: MacroFacts[] = [];
  for (const definition of template.blocks) {
    const { kind } = definition;
    const [textStart, textEnd] = textRange(definition, eaten, end);
    eaten = textEnd;
    if (kind === 'test' || (!testsOnly && (kind === 'macro' || kind === 'materialization'))) {
      facts.push(factsOf(definition, textStart, textEnd));
    }
  }
  return facts;
}

/** dbt reads a file without the blanks around it, and one block after the other. */
function textRange(definition: Definition, from: number, to: number): readonly [start: number, end: number] {
  const text = definitionText(definition);
  const start = definition.start - Math.max(0, text.search(/\S/));
  return [Math.max(from, start), Math.min(to, start + text.length)];
}

const dispatchNames: ReadonlySet<string> = new Set(['adapter.dispatch']);

function factsOf(definition: Definition, textStart: number, textEnd: number): MacroFacts {
  const { start, end } = definition;
  const calls = findCalls(definition, dispatchNames);
  const dispatches: (readonly [string, string | null])[] = [];
  for (const call of calls) {
    const argument = (index: number, name: string): unknown =>
      call.args[index]?.value ?? call.kwargs.find((kwarg) => kwarg.name === name)?.value;
    const name = argument(0, 'macro_name');
    const namespace = argument(1, 'macro_namespace');
    if (typeof name === 'string') dispatches.push([name, typeof namespace === 'string' ? namespace : null]);
  }
  const facts: MacroFacts = {
    name: definition.fullName,
    kind: definition.kind as MacroFacts['kind'],
    start,
    end,
    textStart,
    textEnd,
    names: [...freeNames(definition)],
    dispatches,
  };
  return {
    ...facts,
    ...(dispatches.length < calls.length ? { dispatchesAnything: true } : {}),
    ...(definition.kind === 'materialization'
      ? { languages: languagesOf(definition.source.text.slice(start, end)) }
      : {}),
  };
}

function languagesOf(text: string): readonly string[] {
  const list = /supported_languages\s*=\s*\[([^\]]*)\]/.exec(text)?.[1];
  return list === undefined ? ['sql'] : [...list.matchAll(/['"](\w+)['"]/g)].map((match) => match[1] ?? '');
}
