import type { DataTestRequest } from '../../core/index.ts';
import { sqlText, textList } from './arguments.ts';
import { leading, lines } from './lines.ts';

/** Counts the rows of the model and of `compare_model`, by group where there are groups, side by side. */
export function rowCountsSideBySide(request: DataTestRequest, names: { ours: string; theirs: string }): string {
  const groups = textList(request, 'group_by_columns');
  const counted = (relation: string, name: string): string[] => [
    '  select',
    `    ${leading(groups)}1 as one_group, count(*) as ${name}`,
    `  from ${relation}`,
    `  group by ${[...groups, 'one_group'].join(', ')}`,
  ];
  return lines(
    'with a as (',
    counted(request.model, names.ours),
    '),',
    'b as (',
    counted(sqlText(request, 'compare_model'), names.theirs),
    '),',
    'counts as (',
    '  select',
    groups.map((group) => `    a.${group} as ${group}_a, b.${group} as ${group}_b,`),
    `    ${names.ours}, ${names.theirs}`,
    '  from a',
    `  full join b on ${['one_group', ...groups].map((group) => `a.${group} = b.${group}`).join(' and ')}`,
    ')',
  );
}
