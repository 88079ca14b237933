import { truthy } from '../compare.ts';
import { repr, str, typeName } from '../display.ts';
import { TemplateError } from '../errors.ts';
import { itemsOf, iterate } from '../iterate.ts';
import { dumpJson } from '../json.ts';
import { intArgument } from '../methods/method.ts';
import type { Value } from '../values.ts';
import { Dict, HostObject, Undefined } from '../values.ts';
import { filterTable } from './filter.ts';
import { urlize } from './urlize.ts';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' };

/** HTML escaping, as markupsafe does it. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char]!);
}

function stripTags(text: string): string {
  const bare = text.replace(/<!--[\s\S]*?-->/g, '').replace(/<[^>]*>/g, '');
  return unescapeHtml(
    bare
      .split(/\s+/)
      .filter((word) => word !== '')
      .join(' '),
  );
}

const NAMED = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00a0'],
]);

function unescapeHtml(text: string): string {
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return NAMED.get(name!) ?? whole;
  });
}

function quoteUrl(text: string, inQuery: boolean): string {
  const quoted = encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return inQuery ? quoted.replaceAll('%20', '+') : quoted.replaceAll('%2F', '/');
}

function urlEncode(value: Value): string {
  if (typeof value === 'string' || value === null || typeof value !== 'object') return quoteUrl(str(value), false);
  if (value instanceof HostObject && value.iterate() === undefined) return quoteUrl(str(value), false);
  const pairs = value instanceof Dict ? Array.from(value.entries()) : Array.from(iterate(value), itemsOf);
  return pairs.map((pair) => `${quoteUrl(str(pair[0]!), true)}=${quoteUrl(str(pair[1]!), true)}`).join('&');
}

function xmlAttributes(value: Value, spaced: boolean): string {
  if (value instanceof Undefined) throw value.error();
  if (!(value instanceof Dict))
    throw new TemplateError(`'${typeName(value)}' object has no attribute 'items'`, 'AttributeError');
  const parts: string[] = [];
  for (const [key, item] of value.entries()) {
    if (item === null || item instanceof Undefined) continue;
    if (/[\s/>=]/.test(str(key)))
      throw new TemplateError(`Invalid character in attribute name: ${repr(key)}`, 'ValueError');
    parts.push(`${escapeHtml(str(key))}="${escapeHtml(str(item))}"`);
  }
  return (spaced && parts.length > 0 ? ' ' : '') + parts.join(' ');
}

/** JSON that is safe inside HTML, with sorted keys, as Jinja's `tojson` filter writes it. */
function htmlJson(value: Value, indent: Value | undefined): string {
  const json = dumpJson(value, {
    sortKeys: true,
    indent: indent === undefined || indent === null ? undefined : intArgument(indent, 0),
  });
  return json.replace(/[<>&']/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`);
}

const escapeFilter = (value: Value): string => escapeHtml(str(value));

/** The filters for HTML, XML, URLs and JSON. */
export const WEB_FILTERS = filterTable({
  escape: escapeFilter,
  e: escapeFilter,
  forceescape: escapeFilter,
  striptags: (value) => stripTags(str(value)),
  urlencode: urlEncode,
  'urlize trim_url_limit= nofollow= target= rel= extra_schemes=': (value, [limit, nofollow, target, rel, schemes]) =>
    urlize(str(value), {
      limit: limit === undefined || limit === null ? undefined : intArgument(limit, 0),
      rel: [
        ...new Set([
          ...(typeof rel === 'string' ? rel.split(/\s+/) : []),
          'noopener',
          ...(nofollow !== undefined && truthy(nofollow) ? ['nofollow'] : []),
        ]),
      ]
        .filter((word) => word !== '')
        .sort()
        .join(' '),
      target: typeof target === 'string' ? target : undefined,
      schemes: schemes === undefined || schemes === null ? [] : itemsOf(schemes).map(str),
    }),
  'xmlattr autospace=': (value, [spaced]) => xmlAttributes(value, spaced === undefined || truthy(spaced)),
  'tojson indent=': (value, [indent]) => htmlJson(value, indent),
});
