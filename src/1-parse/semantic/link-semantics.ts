import type { Linking } from '../nodes/linking.ts';
import { linkMetric } from './link-metric.ts';
import { linkSavedQuery } from './link-saved-query.ts';
import type { SemanticEntry } from './link-semantic.ts';
import { linkSemanticModel } from './link-semantic-model.ts';

/** Makes the node of an entry of `metrics:`, `semantic_models:` or `saved_queries:`; nothing of others. */
export function linkSemantics(linking: Linking, entry: SemanticEntry): void {
  switch (entry.entry.section) {
    case 'metrics':
      linkMetric(linking, entry);
      break;
    case 'semantic_models':
      linkSemanticModel(linking, entry);
      break;
    case 'saved_queries':
      linkSavedQuery(linking, entry);
      break;
    default:
  }
}
