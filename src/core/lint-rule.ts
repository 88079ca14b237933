import type { Place, Statement } from '../sql/index.ts';
import type { Severity } from './diagnostic.ts';

/** What a finding of a rule counts as; `off`: nobody looks. */
export type LintLevel = Severity | 'off';

/** A habit that SQL is looked through for. Unlike a diagnostic of the analysis, what it finds is valid SQL. */
export interface LintRule {
  /** As people write it in `project.yml` and behind `ingot: ignore`: `implicit-alias`. */
  readonly name: string;
  /** One sentence for people: what is wrong with what it finds. */
  readonly describe: string;
  /** Unless the project says otherwise. */
  readonly level: LintLevel;
  find(sql: LintedSql): readonly LintFinding[];
}

/** A node's SQL after templating. */
export interface LintedSql {
  readonly text: string;
  readonly statements: readonly Statement[];
  /** Whether what stands at a place was typed there: no template, macro or other model made it. */
  isTyped(place: Place): boolean;
}

/** Offsets are of the SQL after templating. */
export interface LintFinding {
  readonly start: number;
  readonly end: number;
  /** One sentence without a full stop at its end. */
  readonly message: string;
  readonly hint?: string | undefined;
  /** Changes that mend it and alter no result. */
  readonly fix?: readonly TextEdit[] | undefined;
}

/** Another text in the place of a stretch; an empty stretch: the text is put in there. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}
