import { error, isMapping, type Json, type JsonObject } from '../../core/index.ts';
import type { ReadContext } from '../properties/context.ts';
import { docUses } from '../properties/doc-uses.ts';
import type { DocUse, OtherContent } from '../properties/facts.ts';
import type { YamlPath } from '../yaml/index.ts';
import { checkForm } from './check-form.ts';
import type { ObjectForm } from './forms.ts';
import { metricForm } from './metric-form.ts';
import { savedQueryForm } from './saved-query-form.ts';
import { semanticModelForm } from './semantic-model-form.ts';

/** The sections of a properties file that make up the semantic layer. */
export type SemanticSection = 'metrics' | 'semantic_models' | 'saved_queries';

const forms: Readonly<Record<SemanticSection, readonly [form: ObjectForm, kind: string]>> = {
  metrics: [metricForm, 'metric'],
  semantic_models: [semanticModelForm, 'semantic model'],
  saved_queries: [savedQueryForm, 'saved query'],
};

/** Checks an entry by itself: what it names is looked for by the graph. */
export function readSemantic(
  context: ReadContext,
  section: SemanticSection,
  entry: JsonObject,
  name: string,
  path: YamlPath,
): OtherContent {
  const [form, kind] = forms[section];
  checkForm(context, path, entry, form, `the ${kind} '${name}'`);
  if (section === 'metrics') checkName(context, name, [...path, 'name']);
  if (section === 'saved_queries') checkGroups(context, name, entry, path);
  return { kind: 'other', raw: {}, docs: descriptionUses(entry, path) };
}

/** dbt's rules: names of metrics become names of columns. */
function checkName(context: ReadContext, name: string, path: YamlPath): void {
  const faults = [
    name.includes(' ') ? 'cannot contain spaces' : undefined,
    name.length > 250 ? 'cannot contain more than 250 characters' : undefined,
    /^[A-Za-z]/.test(name) ? undefined : 'must begin with a letter',
    /^[\p{L}\p{N}_ ]*$/u.test(name) ? undefined : 'must contain only letters, numbers and underscores',
  ].filter((fault) => fault !== undefined);
  if (faults.length === 0) return;
  const message = `The metric name '${name}' is invalid: it ${faults.join(', ')}`;
  context.report(error('parse/metric-name', message, { span: context.span(path) }));
}

/** What a saved query groups by is written as calls; a name alone means nothing to whoever answers it. */
function checkGroups(context: ReadContext, name: string, entry: JsonObject, path: YamlPath): void {
  const groups = isMapping(entry.query_params) ? entry.query_params.group_by : undefined;
  for (const [index, group] of (Array.isArray(groups) ? (groups as readonly Json[]) : []).entries()) {
    if (typeof group !== 'string' || /^\s*(Dimension|TimeDimension|Entity|Metric)\s*\(/.test(group)) continue;
    const message = `'group_by' of the saved query '${name}' has '${group}', which is no call of Dimension, TimeDimension or Entity`;
    const span = context.span([...path, 'query_params', 'group_by', index]);
    context.report(error('parse/wrong-value', message, { span, hint: "For example: Dimension('order__status')" }));
  }
}

const described = ['dimensions', 'measures', 'entities'] as const;

function descriptionUses(entry: JsonObject, path: YamlPath): readonly DocUse[] {
  const uses = (owner: JsonObject, at: YamlPath): readonly DocUse[] =>
    typeof owner.description === 'string' ? docUses(owner.description, at) : [];
  const parts = described.flatMap((name) => {
    const items = entry[name];
    const list = Array.isArray(items) ? (items as readonly Json[]) : [];
    return list.flatMap((item, index) => (isMapping(item) ? uses(item, [...path, name, index]) : []));
  });
  return [...uses(entry, path), ...parts];
}
