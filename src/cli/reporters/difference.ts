import { differenceText, type TableDifference } from '../../core/index.ts';
import type { Style } from './style.ts';
import { displayWidth } from './width.ts';

/** How the rows of a unit test differ from those expected: what came in green, what was expected in red, as in dbt. */
export function differenceLines(difference: TableDifference, style: Style): string {
  return differenceText(difference, {
    actual: style.success,
    expected: style.error,
    faint: style.faint,
    widthOf: displayWidth,
  });
}
