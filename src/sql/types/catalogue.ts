import type {
  FunctionCatalogue,
  FunctionKind,
  NullRule,
  ResultFunction,
  Signature,
  SqlFunction,
} from '../function-catalogue.ts';
import type { TypeRules } from './rules.ts';
import { readSignatures } from './signatures.ts';

/** Functions of one kind, one a line: `name, other_name (parameters) result ; flags`, see {@link readSignatures}. */
export interface FunctionFamily {
  readonly kind: FunctionKind;
  /** What NULL does where a line does not say. */
  readonly nulls: NullRule;
  readonly lines: string;
}

export interface CatalogueSource {
  readonly types: TypeRules;
  /** Called once, when the first function is looked up. */
  readonly families: () => readonly FunctionFamily[];
  /** Results that signatures call `=name`. */
  readonly results: Readonly<Record<string, ResultFunction>>;
  readonly bare: readonly string[];
  /** One part a line, the part first, then its other names. */
  readonly dateParts: string;
}

interface Entry {
  readonly family: FunctionFamily;
  readonly signatures: string;
}

/** A catalogue that reads its lines when first asked, and a function's signatures when that function is. */
export function createCatalogue(source: CatalogueSource): FunctionCatalogue {
  const known = new Map<string, SqlFunction | undefined>();
  let entries: ReadonlyMap<string, readonly Entry[]> | undefined;
  const index = (): ReadonlyMap<string, readonly Entry[]> => {
    entries ??= indexFamilies(source.families());
    return entries;
  };
  const read = (name: string): SqlFunction | undefined => {
    const found = index().get(name);
    if (!found) return undefined;
    const signatures = found.flatMap((entry) => signaturesOf(entry, source));
    return { name, signatures, kinds: new Set(signatures.map(({ kind }) => kind)) };
  };
  return {
    find: (written) => {
      const name = written.toLowerCase();
      if (!known.has(name)) known.set(name, read(name));
      return known.get(name);
    },
    names: () => [...index().keys()],
    bare: new Set(source.bare),
    dateParts: readDateParts(source.dateParts),
  };
}

function indexFamilies(families: readonly FunctionFamily[]): Map<string, Entry[]> {
  const entries = new Map<string, Entry[]>();
  for (const family of families)
    for (const line of family.lines.split('\n')) {
      const open = line.indexOf('(');
      if (open < 0) continue;
      const entry: Entry = { family, signatures: line.slice(open) };
      for (const name of line.slice(0, open).trim().split(/,\s*/)) {
        const others = entries.get(name);
        if (others) others.push(entry);
        else entries.set(name, [entry]);
      }
    }
  return entries;
}

const signaturesOf = ({ family, signatures }: Entry, { types, results }: CatalogueSource): readonly Signature[] =>
  readSignatures(signatures, { types, results, kind: family.kind, nulls: family.nulls });

function readDateParts(text: string): ReadonlyMap<string, string> {
  const lines = text.trim().split('\n');
  return new Map(
    lines.flatMap((line) => {
      const [part = '', ...others] = line.trim().split(/\s+/);
      return [part, ...others].map((name) => [name, part] as const);
    }),
  );
}
