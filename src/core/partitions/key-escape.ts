/** What has a meaning in keys, lists of keys and names of partitions (`sales[2024-03-31|EU]`), and spaces at an end. */
const special = /[%|,;[\]*\p{Cc}]|^\s|\s$/gu;

/** A value as part of a key: `A|B` is `A%7CB`. `unescapeValue` gives the value back. */
export function escapeValue(value: string): string {
  return value.replace(special, (character) => {
    const bytes = new TextEncoder().encode(character);
    return [...bytes].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
  });
}

export function unescapeValue(text: string): string {
  return text.replace(/(?:%[0-9A-F]{2})+/gi, (escaped) => {
    const bytes = escaped
      .slice(1)
      .split('%')
      .map((byte) => Number.parseInt(byte, 16));
    return new TextDecoder().decode(Uint8Array.from(bytes));
  });
}
