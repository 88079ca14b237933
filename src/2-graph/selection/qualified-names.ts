import { type GraphNode, unitTestName } from '../../core/index.ts';
import type { Criterion } from './criterion.ts';
import { globMatcher } from './glob.ts';
import { invalidValue } from './invalid-value.ts';
import { typeOf } from './kinds.ts';

/** `exposure:` and its like: `name` or `package.name`. */
export function resourceMatcher(resourceType: string): (criterion: Criterion) => (node: GraphNode) => boolean {
  return ({ value }) => {
    const parts = String(value).split('.');
    if (parts.length > 2) {
      const form = 'it has the form name or package.name';
      throw invalidValue(`Invalid ${resourceType} selector value "${value}": ${form}`);
    }
    const ofName = globMatcher(parts.at(-1) ?? '');
    const ofPackage = globMatcher(parts.length === 2 ? (parts[0] ?? '') : '*');
    return (node) =>
      typeOf(node) === resourceType && ofPackage(node.package_name) && namesOf(node).some((name) => ofName(name));
  };
}

/** Unit tests of models with versions have a name with the version as well: `adds_up_v2`. */
export function namesOf(node: GraphNode): readonly string[] {
  return node.resource_type === 'unit_test' && node.version !== null ? [node.name, unitTestName(node)] : [node.name];
}

/** `source:`: `source`, `source.table` or `package.source.table`. */
export function sourceMatcher({ value }: Criterion): (node: GraphNode) => boolean {
  const parts = String(value).split('.');
  if (parts.length > 3) {
    const form = 'it has the form source, source.table or package.source.table';
    throw invalidValue(`Invalid source selector value "${value}": ${form}`);
  }
  const [first = '', second = '*', third = '*'] = parts;
  const [ofPackage, ofSource, ofTable] = (parts.length === 3 ? [first, second, third] : ['*', first, second]).map(
    globMatcher,
  );
  return (node) =>
    node.resource_type === 'source' &&
    ofPackage?.(node.package_name) === true &&
    ofSource?.(node.source_name) === true &&
    ofTable?.(node.name) === true;
}
