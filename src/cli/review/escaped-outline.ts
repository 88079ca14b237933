import { type Escape, escapeAddress, escapeAll } from './escape.ts';
import type { Outline, OutlineItem, OutlineLine, OutlineSection } from './outline.ts';
import { type FoundPlace, placeText, type ReportLinks } from './report-context.ts';

/** An outline as a template gets it: its texts mean nothing but themselves, its places can be followed. */
export type EscapedOutline = Omit<Outline, 'sections'> & { readonly sections: readonly EscapedSection[] };
export type EscapedSection = Omit<OutlineSection, 'items'> & { readonly items: readonly EscapedItem[] };
export type EscapedItem = Omit<OutlineItem, 'place' | 'lines'> & {
  readonly place?: EscapedPlace | undefined;
  readonly lines: readonly EscapedLine[];
};
export type EscapedLine = Omit<OutlineLine, 'place'> & { readonly place?: EscapedPlace | undefined };

export interface EscapedPlace {
  readonly text: string;
  /** For an attribute. */
  readonly href?: string | undefined;
}

/** How one form of a report is written. */
export interface Escaping {
  readonly text: Escape;
  /** For texts of several lines, which keep them. */
  readonly block: Escape;
  readonly links?: ReportLinks | undefined;
}

export function escapedOutline({ sections, ...frame }: Outline, escaping: Escaping): EscapedOutline {
  return {
    ...escapeAll(frame, escaping.text),
    sections: sections.map((section) => ({
      ...section,
      items: section.items.map((item) => escapedItem(item, escaping)),
    })),
  };
}

export function escapedItem({ place, lines, block, ...item }: OutlineItem, escaping: Escaping): EscapedItem {
  return {
    ...escapeAll(item, escaping.text),
    place: place && escapedPlace(place, escaping),
    lines: lines.map((line) => ({
      text: escaping.text(line.text),
      place: line.place && escapedPlace(line.place, escaping),
    })),
    block: block && escaping.block(block),
  };
}

function escapedPlace(place: FoundPlace, { text, links }: Escaping): EscapedPlace {
  const address = links?.place?.(place);
  return { text: text(placeText(place)), href: address && escapeAddress(address) };
}
