import { type Chance, seeded } from './chance.ts';

/** A token, roughly: enough to tear a statement apart in places that hurt. */
const token = /\s+|'(?:[^']|'')*'|"(?:[^"]|"")*"|[\p{L}_][\p{L}\d_]*|\d+(?:\.\d+)?|::|=>|->|<>|[^\s]/gu;

const inserted = [
  ...[
    '(',
    ')',
    ',',
    ';',
    '.',
    '::',
    '[',
    ']',
    '{',
    '}',
    '->',
    '=>',
    '*',
    '-',
    '--',
    '/*',
    '*/',
    "'",
    '"',
    '$$',
    '$',
    '@',
    ':',
    '?',
  ],
  ...[
    'SELECT',
    'FROM',
    'WHERE',
    'AS',
    'AND',
    'NOT',
    'IN',
    'CASE',
    'END',
    'JOIN',
    'ON',
    'UNION',
    'WITH',
    'OVER',
    'PIVOT',
    'NULL',
  ],
  ...['LATERAL', 'QUALIFY', 'EXCLUDE', 'GROUP BY', 'ORDER BY', 'INTERVAL', 'VALUES', 'x', '1', "'s'", '"q"'],
];

const bytes = [
  '\u0000',
  '\u0007',
  '\u00a0',
  '\u200b',
  '\ufeff',
  '\ud83d',
  '😀',
  '\\',
  '`',
  '#',
  '~',
  '\r',
  '\u2028',
  'é',
];

/** A statement with a few random changes: tokens gone, doubled, swapped, put in from elsewhere; noise; a cut end. */
export function mutate(sql: string, seed: number): string {
  const chance = seeded(seed);
  let tokens: string[] = sql.match(token) ?? [];
  const changes = 1 + chance.below(3);
  for (let change = 0; change < changes; change++) tokens = changed(tokens, chance);
  return tokens.join('');
}

function changed(tokens: readonly string[], chance: Chance): string[] {
  const place = chance.below(tokens.length + 1);
  const other = chance.below(tokens.length + 1);
  const [first, last] = [tokens.slice(0, place), tokens.slice(place)];
  switch (chance.below(8)) {
    case 0:
      return [...first, ...last.slice(1)];
    case 1:
      return [...first, ...last.slice(0, 1), ' ', ...last];
    case 2:
      return tokens.map(
        (one, index) => (index === place ? tokens[other] : index === other ? tokens[place] : one) ?? '',
      );
    case 3:
      return [...first, ' ', chance.pick(inserted), ' ', ...last];
    case 4:
      return [...first, chance.pick(inserted), ...last.slice(1)];
    case 5:
      return [...first, chance.pick(bytes), ...last];
    case 6:
      return chance.maybe(30)
        ? first
        : [...first, ...tokens.slice(Math.min(place, other), Math.max(place, other)), ...last];
    default:
      return [...first, ...last.slice(1 + chance.below(4))];
  }
}
