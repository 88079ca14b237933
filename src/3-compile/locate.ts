import { originOf, type Segment } from '../jinja/index.ts';
import type { TemplatePlace } from './compilation.ts';

/**
 * Where a character of rendered text was written: in the innermost macro that wrote it, with the calls that led there
 * as notes, innermost first.
 */
export function locateIn(segments: readonly Segment[], offset: number): TemplatePlace | undefined {
  // One past the end is where parsers report what is missing: it belongs to the last character.
  const last = segments.at(-1)?.outEnd ?? 0;
  const origins = originOf(segments, Math.min(offset, last - 1));
  const innermost = origins.pop();
  if (!innermost) return undefined;
  const { file, start, end } = innermost;
  const notes = origins.reverse().map((origin) => ({
    message: 'in a macro called at',
    span: { file: origin.file, start: origin.start, end: origin.end },
  }));
  return { span: { file, start, end }, notes };
}
