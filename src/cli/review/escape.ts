/**
 * Texts of others (names, messages, values) for the forms that reports are written in. What is escaped means nothing but
 * itself there: it cannot end a tag, a table or a code block, call people, link to other pages or steer a terminal.
 */
export type Escape = (text: string) => string;

/** A character of no width that splits what a host of code would make a link of. */
const split = '\u200b';

/**
 * For GitHub's and GitLab's Markdown, in a paragraph, a table, a heading and between tags alike: numeric references mean
 * the character and never structure. Line breaks become blanks.
 */
export const escapeMarkdown: Escape = (text) =>
  withoutLinks(visible(text).replace(/\s+/g, ' ')).replace(special, reference);

/** The same inside `<pre>`, where line breaks stay. */
export const escapeMarkdownBlock: Escape = (text) => withoutLinks(visible(text)).replace(special, reference);

/** Inside a word `_` emphasises nothing. */
const special = /[&<>`*[\]|~\\$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g;
const reference = (character: string): string => `&#${character.charCodeAt(0)};`;

/** Hosts look for people, issues and addresses in what comes out of Markdown, so that escaping would not help. */
const withoutLinks = (text: string): string =>
  text
    .replace(/@/g, `@${split}`)
    .replace(/#(?=\d)/g, `#${split}`)
    .replace(/\b(GH)-(?=\d)/gi, `$1-${split}`)
    .replace(/:\/\//g, `:${split}//`)
    .replace(/\b(www)\./gi, `$1${split}.`);

/** For text and attributes of HTML and XML. */
export const escapeHtml: Escape = (text) => visible(text).replace(/[&<>"']/g, reference);

/** For an address in an attribute: what no address has is written as an address would have it. */
export const escapeAddress: Escape = (address) =>
  visible(address)
    .replace(/[^\w!#$%&()*+,./:;=?@~-]+/g, encodeURIComponent)
    .replace(/[&'*]/g, reference);

/** For a terminal, and for the log of a host that takes commands from it. */
export const escapeTerminal: Escape = (text) => visible(text).replaceAll('##[', `##${split}[`);

/** Marks what steers terminals, turns the direction of text or is no character at all. */
const visible = (text: string): string => text.replace(/\r\n?/g, '\n').replace(invisible, '\ufffd');
const invisible = /[^\P{Cc}\n\t]|\p{Surrogate}|\p{Bidi_Control}|[\u200b\u2060-\u2064\ufeff\ufffe\uffff]/gu;

/** The same data with each text in it escaped, so that a template cannot forget one. */
export function escapeAll<Data>(data: Data, escaped: Escape): Data {
  if (typeof data === 'string') return escaped(data) as Data;
  if (Array.isArray(data)) return data.map((item: unknown) => escapeAll(item, escaped)) as Data;
  if (data === null || typeof data !== 'object') return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, escapeAll(value as unknown, escaped)]),
  ) as Data;
}
