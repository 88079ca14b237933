import type { Column } from '../../core/index.ts';

const sizedText = /^(?:character varying|varchar|nvarchar|text|string|character|char)\s*\(\s*(\d+)\s*\)$/i;

/** Columns of a table whose texts may be longer now than the table has room for, with the type that has. */
export function widerTexts(staged: readonly Column[], existing: readonly Column[]): readonly Column[] {
  const wanted = new Map(staged.map(({ name, type }) => [name.toLowerCase(), type]));
  return existing.flatMap(({ name, type }) => {
    const needed = wanted.get(name.toLowerCase());
    return needed !== undefined && sizeOf(needed) > sizeOf(type) ? [{ name, type: needed }] : [];
  });
}

/** How much room a text type has; types without a size have no limit that could be too small. */
export function sizeOf(type: string): number {
  const size = sizedText.exec(type)?.[1];
  return size === undefined ? Number.NaN : Number(size);
}
