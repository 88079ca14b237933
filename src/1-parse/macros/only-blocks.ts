const comment = /\{#[\s\S]*?#\}/g;
const block =
  /\{%[-+]?\s*(macro|test|data_test|materialization)\b[\s\S]*?\{%[-+]?\s*end(?:macro|test|data_test|materialization)\s*[-+]?%\}/g;
const tag = /\{%[-+]?\s*(\w+)/g;

/**
 * Tags that open, close or divide something: one of these outside of a block means that a block is broken. That a block is
 * closed once too often means nothing to dbt.
 */
const ofStructure =
  /^(end(?!(?:macro|test|data_test|materialization)$)\w*|macro|test|data_test|materialization|docs|snapshot|if|elif|else|for|call|filter|raw|set|block)$/;

/**
 * A macro file with blanks for all that stands around its blocks, which dbt never reads: an address in the braces of a
 * tag, for example, or a second `endmacro`. Undefined where what stands there belongs to a block.
 */
export function onlyBlocks(text: string): string | undefined {
  const blank = (part: string): string => part.replace(/[^\n]/g, ' ');
  const code = text.replace(comment, blank);
  const around = code.replace(block, blank);
  for (const [, name = ''] of around.matchAll(tag)) if (ofStructure.test(name)) return undefined;
  let blocks = '';
  let from = 0;
  for (const { index, 0: found } of code.matchAll(block)) {
    blocks += blank(text.slice(from, index)) + text.slice(index, index + found.length);
    from = index + found.length;
  }
  return blocks + blank(text.slice(from));
}
