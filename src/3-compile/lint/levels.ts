import { type Diagnostic, didYouMeanHint, error, type Json, type LintRule, warning } from '../../core/index.ts';
import type { ActiveRule } from './lint-compiled.ts';

/**
 * The rules that are looked for: the project says of some what they count as, the others have a default.
 *
 * @param asked names given with `--rule`: these alone, whatever the project says. Empty: all.
 * @param file the project file, for messages.
 */
export function activeRules(
  rules: Iterable<LintRule>,
  levels: Readonly<Record<string, Json>>,
  asked: readonly string[],
  file: string,
): { readonly rules: readonly ActiveRule[]; readonly diagnostics: readonly Diagnostic[] } {
  const all = [...rules];
  const known = new Set(all.map(({ name }) => name));
  const unknown = (names: readonly string[]): readonly string[] => names.filter((name) => !known.has(name));
  const problem = (name: string, where: string): [string, string, { hint: string | undefined }] => [
    'lint/unknown-rule',
    `There is no rule '${name}', which ${where} names`,
    { hint: didYouMeanHint(name, known) ?? `There are ${[...known].join(', ')}` },
  ];
  const diagnostics = [
    ...unknown(asked).map((name) => error(...problem(name, '--rule'))),
    ...unknown(Object.keys(levels)).map((name) => warning(...problem(name, `'lint' in ${file}`))),
  ];
  const active = all.flatMap((rule): ActiveRule[] => {
    const written = levels[rule.name];
    const level = written === 'warning' || written === 'error' ? written : written === undefined ? rule.level : 'off';
    if (asked.length > 0)
      return asked.includes(rule.name) ? [{ rule, level: level === 'off' ? 'warning' : level }] : [];
    return level === 'off' ? [] : [{ rule, level }];
  });
  return { rules: active, diagnostics };
}
