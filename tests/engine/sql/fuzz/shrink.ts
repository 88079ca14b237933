const pieces = /\s+|'(?:[^']|'')*'|"(?:[^"]|"")*"|[\p{L}_][\p{L}\d_]*|\d+|[^\s]/gu;

/** The shortest text found, by leaving out runs of tokens, for which `fails` is still true. */
export function shrink(sql: string, fails: (sql: string) => boolean, tries = 2000): string {
  let tokens = [...(sql.match(pieces) ?? [])];
  let left = tries;
  for (let size = Math.ceil(tokens.length / 2); size >= 1 && left > 0; ) {
    let smaller = false;
    for (let place = 0; place < tokens.length && left > 0; ) {
      const candidate = [...tokens.slice(0, place), ...tokens.slice(place + size)];
      left--;
      if (candidate.length > 0 && fails(candidate.join(''))) {
        tokens = candidate;
        smaller = true;
      } else place += size;
    }
    if (size === 1 && !smaller) break;
    size = size === 1 ? 1 : Math.ceil(size / 2);
  }
  return tokens.join('');
}
