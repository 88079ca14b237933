/** The first words of a statement, in small letters, without comments: they say what it does. */
export function firstWords(sql: string): string {
  const bare = sql.replace(/^(?:\s+|--[^\n]*\n?|\/\/[^\n]*\n?|\/\*[\s\S]*?\*\/|\()+/, '');
  return bare.slice(0, 80).replace(/\s+/g, ' ').toLowerCase();
}
