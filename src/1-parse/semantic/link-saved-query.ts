import {
  asText,
  type CodeNode,
  error,
  isMapping,
  type Json,
  type JsonObject,
  mappingsIn,
  type SavedQueryNode,
  textsIn,
} from '../../core/index.ts';
import type { Linking } from '../nodes/linking.ts';
import { fill } from './forms.ts';
import { addSemantic, commonFields, type SemanticEntry } from './link-semantic.ts';
import { exportForms, savedQueryForm } from './saved-query-form.ts';

/** Makes the node of a saved query. */
export function linkSavedQuery(linking: Linking, entry: SemanticEntry): void {
  const common = commonFields(linking, entry, 'saved_query');
  const filled = fill(savedQueryForm, entry.raw) as JsonObject;
  const tags = [...new Set([...textsIn(filled.tags), ...textsIn(common.config.tags as Json | undefined)])].sort();
  const exports = mappingsIn(filled.exports);
  const node: SavedQueryNode = {
    ...common,
    query_params: isMapping(filled.query_params) ? filled.query_params : {},
    exports: exports.map((one, index) => exportOf(linking, one, common, entry, index)),
    tags,
    metrics: textsIn((filled.query_params as JsonObject | null)?.metrics).map((name) => [name]),
  };
  addSemantic(linking, linking.savedQueries, node);
}

type Owner = Pick<SavedQueryNode, 'config' | 'package_name' | 'origin' | 'unique_id' | 'fqn'>;

/** Where an export goes: what it says itself, then what its saved query says, then as a model of its name would. */
function exportOf(
  linking: Linking,
  written: JsonObject,
  owner: Owner,
  { file, entry }: SemanticEntry,
  index: number,
): JsonObject {
  const own = isMapping(written.config) ? written.config : {};
  const said: JsonObject = { ...(owner.config as unknown as JsonObject), ...own };
  const name = asText(written.name) ?? '';
  const expected = exportForms.type(said.export_as ?? null);
  if (expected !== undefined || (said.export_as ?? null) === null) {
    const message = `'export_as' of the export '${name}' of '${entry.name}' has to be table or view`;
    const span = linking.spanIn(file, [entry.section, entry.index, 'exports', index]) ?? owner.origin.definition;
    linking.report(error('parse/wrong-value', message, { span }));
  }
  const node = { ...owner, name, resource_type: 'model', config: {} } as unknown as CodeNode;
  return {
    name,
    config: {
      export_as: fill(exportForms, said.export_as),
      schema_name: asText(said.schema_name) ?? asText(said.schema) ?? linking.namer.schema(null, node),
      alias: asText(said.alias) ?? linking.namer.alias(null, node),
      database: linking.namer.database(asText(said.database), node),
    },
    unrendered_config: own,
  };
}
