const SIMPLE: Record<string, string> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\n': '',
};
const HEX_DIGITS: Record<string, number> = { x: 2, u: 4, U: 8 };

/**
 * The text that a Python string literal stands for (given without its quotes). Unknown escapes stay as they are, line
 * breaks become `\n`.
 *
 * @param fail called with Python's message for a broken escape.
 */
export function unescapeString(body: string, fail: (message: string) => never): string {
  const text = body.includes('\r') ? body.replace(/\r\n?/g, '\n') : body;
  if (!text.includes('\\')) return text;
  let out = '';
  let at = 0;
  for (;;) {
    const slash = text.indexOf('\\', at);
    if (slash < 0) return out + text.slice(at);
    out += text.slice(at, slash);
    const char = text[slash + 1] ?? '';
    const simple = SIMPLE[char];
    const digits = HEX_DIGITS[char];
    const octal = /^[0-7]{1,3}/.exec(text.slice(slash + 1, slash + 4))?.[0];
    // Naming characters would need the whole Unicode name table.
    if (char === 'N') fail('unknown Unicode character name');
    if (simple !== undefined) {
      out += simple;
      at = slash + 2;
    } else if (octal !== undefined) {
      out += String.fromCharCode(Number.parseInt(octal, 8));
      at = slash + 1 + octal.length;
    } else if (digits !== undefined) {
      const hex = text.slice(slash + 2, slash + 2 + digits);
      if (!/^[\da-f]+$/i.test(hex) || hex.length < digits) fail(`truncated \\${char}${'X'.repeat(digits)} escape`);
      const code = Number.parseInt(hex, 16);
      if (code > 0x10ffff) fail('illegal Unicode character');
      out += String.fromCodePoint(code);
      at = slash + 2 + digits;
    } else {
      out += `\\${char}`;
      at = slash + 2;
    }
  }
}
