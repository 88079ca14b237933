/** How `urlize` writes its links. */
export interface UrlizeOptions {
  readonly limit: number | undefined;
  readonly rel: string;
  readonly target: string | undefined;
  readonly schemes: readonly string[];
}

const HTTP =
  /^((https?:\/\/|www\.)(([\w%-]+\.)+)?([a-z]{2,63}|xn--[\w%]{2,59})|([\w%-]{2,63}\.)+(com|net|int|edu|gov|org|info|mil)|(https?:\/\/)((([\d]{1,3})(\.[\d]{1,3}){3})|(\[([\da-f]{0,4}:){2}([\da-f]{0,4}:?){1,6}\])))(?::[\d]{1,5})?(?:[/?#]\S*)?$/i;
const EMAIL = /^\S+@\w[\w.-]*\.\w+$/;
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' };
const CLOSERS: readonly (readonly [string, string])[] = [
  ['(', ')'],
  ['<', '>'],
  ['&lt;', '&gt;'],
];

function occurrences(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** A word without the punctuation around it; brackets that the word itself opened stay. */
function peel(word: string): { head: string; middle: string; tail: string } {
  const head = /^(?:[(<]|&lt;)+/.exec(word)?.[0] ?? '';
  let middle = word.slice(head.length);
  let tail = /(?:[)>.,\n]|&gt;)+$/.exec(middle)?.[0] ?? '';
  middle = middle.slice(0, middle.length - tail.length);
  for (const [open, close] of CLOSERS) {
    const opened = occurrences(middle, open);
    for (let left = opened - occurrences(middle, close); left > 0; left--) {
      const at = tail.indexOf(close);
      if (at < 0) break;
      const end = at + close.length;
      middle += tail.slice(0, end);
      tail = tail.slice(end);
    }
  }
  return { head, middle, tail };
}

/** Text with its URLs and mail addresses as HTML links; everything else escaped. */
export function urlize(text: string, options: UrlizeOptions): string {
  const shorten = (url: string): string =>
    options.limit !== undefined && url.length > options.limit ? `${url.slice(0, options.limit)}...` : url;
  const attributes =
    (options.rel === '' ? '' : ` rel="${options.rel}"`) +
    (options.target === undefined ? '' : ` target="${options.target}"`);
  const link = (href: string, shown: string, extra = attributes): string => `<a href="${href}"${extra}>${shown}</a>`;
  const escaped = text.replace(/[&<>"']/g, (char) => ENTITIES[char]!);
  return escaped
    .split(/(\s+)/)
    .map((word) => {
      const { head, middle, tail } = peel(word);
      const scheme = options.schemes.find((prefix) => middle.startsWith(prefix) && middle !== prefix);
      let shown = middle;
      if (HTTP.test(middle)) {
        const full = /^https?:\/\//i.test(middle) ? middle : `https://${middle}`;
        shown = link(full, shorten(middle));
      } else if (middle.startsWith('mailto:') && EMAIL.test(middle.slice(7))) shown = link(middle, middle.slice(7), '');
      else if (middle.includes('@') && !middle.startsWith('www.') && !middle.includes(':') && EMAIL.test(middle)) {
        shown = link(`mailto:${middle}`, middle, '');
      } else if (scheme !== undefined) shown = link(middle, middle);
      return head + shown + tail;
    })
    .join('');
}
