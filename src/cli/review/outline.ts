import type { FoundPlace } from './report-context.ts';

/** What a report says, in its order and in its words, for every form that it is shown in. Nothing is escaped yet. */
export interface Outline {
  readonly project: string;
  readonly passed: boolean;
  /** The top line. */
  readonly verdict: string;
  readonly because: readonly string[];
  /** What was found, in a few words each. */
  readonly facts: readonly OutlineFact[];
  /** Only those with something in them. */
  readonly sections: readonly OutlineSection[];
  /** What was compared, where it was built, what it took. */
  readonly closing: readonly string[];
}

export interface OutlineFact {
  readonly label: string;
  readonly text: string;
}

export interface OutlineSection {
  readonly key: SectionKey;
  readonly title: string;
  /** One sentence that says what stands here. */
  readonly note: string;
  /** Whether it is read without a click. */
  readonly open: boolean;
  readonly items: readonly OutlineItem[];
}

/** From what a reader must not miss to what can be left out first. */
export const sectionKeys = [
  'failures',
  'problems',
  'unjudged',
  'breaking',
  'rows',
  'differences',
  'values',
  'warnings',
  'affected',
  'leftOut',
  'additive',
  'none',
] as const;

export type SectionKey = (typeof sectionKeys)[number];

export interface OutlineItem {
  /** Of the node, or the code of a problem. */
  readonly name: string;
  /** What there is to say of it, on one line. */
  readonly text: string;
  readonly place?: FoundPlace | undefined;
  readonly lines: readonly OutlineLine[];
  /** Text of several lines, shown as it is. */
  readonly block?: string | undefined;
  readonly table?: OutlineTable | undefined;
}

export interface OutlineLine {
  readonly text: string;
  readonly place?: FoundPlace | undefined;
}

export interface OutlineTable {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
