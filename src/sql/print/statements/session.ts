import type {
  Attach,
  CommentOn,
  Describe,
  Drop,
  ExecuteImmediate,
  Grant,
  Grantee,
  GrantObject,
  Privilege,
  SetStatement,
  Show,
  Truncate,
  Undrop,
  Unset,
  Use,
} from '../../statement-tree.ts';
import type { Name } from '../../tree.ts';
import { concat, type Doc, group, join, line } from '../document.ts';
import { stringText } from '../literals.ts';
import { identifierText, printName } from '../names.ts';
import { list, type Printing, parenthesizedList } from '../printing.ts';
import { printColumnNames } from '../select-items.ts';
import { printOptionGroup, printOptionRow } from './options.ts';
import { printSignature } from './signature.ts';

function names(printing: Printing, items: readonly Name[]): Doc {
  return join(
    ', ',
    items.map((name) => printName(printing, name)),
  );
}

/** Words with blanks between them; those that are empty are left out. */
function words(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

export function printDrop(printing: Printing, drop: Drop): Doc {
  const head = words('drop', drop.object, drop.ifExists ? 'if exists' : '');
  const ending = drop.behaviour ? ` ${drop.behaviour}` : '';
  return concat(head, ' ', names(printing, drop.names), printSignature(printing, drop.signature), ending);
}

export function printUndrop(printing: Printing, { object, name, renameTo }: Undrop): Doc {
  const ending = renameTo ? concat(' rename to ', printName(printing, renameTo)) : '';
  return concat(`undrop ${object} `, printName(printing, name), ending);
}

export function printTruncate(printing: Printing, { object, ifExists, name }: Truncate): Doc {
  return concat(words('truncate', object, ifExists ? 'if exists' : ''), ' ', printName(printing, name));
}

export function printGrant(printing: Printing, grant: Grant): Doc {
  const { verb, optionFor, privileges, on, grantees, properties } = grant;
  const docs: Doc[] = [words(verb, optionFor ? 'grant option for' : ''), ' '];
  docs.push(list(printing, privileges, (privilege) => printPrivilege(printing, privilege)));
  if (on) docs.push(line, 'on ', printGrantObject(printing, on));
  docs.push(line, verb === 'grant' ? 'to ' : 'from ');
  docs.push(list(printing, grantees, (grantee) => printKind(printing, grantee)));
  return group(...docs, ...properties.map((property) => ` ${property}`));
}

function printPrivilege(printing: Printing, privilege: Privilege): Doc {
  const { name, columns } = privilege;
  if (name) return concat(`${privilege.words} `, printName(printing, name));
  return columns.length > 0 ? concat(`${privilege.words} `, printColumnNames(printing, columns)) : privilege.words;
}

function printGrantObject(printing: Printing, { scope, object, names: items, signature, in: place }: GrantObject): Doc {
  const head = words(scope ?? '', object);
  if (place) return concat(`${head} in `, printKind(printing, place));
  if (items.length === 0) return head;
  const [first, ...rest] = items.map((name) => printName(printing, name));
  const more = rest.flatMap((name) => [', ', name]);
  return concat(head === '' ? '' : `${head} `, first ?? '', printSignature(printing, signature), ...more);
}

function printKind(printing: Printing, { object, name }: Pick<Grantee, 'object' | 'name'>): Doc {
  return concat(object === '' ? '' : `${object} `, printName(printing, name));
}

export function printShow(printing: Printing, show: Show): Doc {
  const docs: Doc[] = [words('show', show.words)];
  if (show.name) docs.push(' ', printName(printing, show.name));
  if (show.like) docs.push(` like ${stringText(show.like, printing.dialect)}`);
  if (show.in) {
    const { word, object, name } = show.in;
    docs.push(words(` ${word}`, object), name ? concat(' ', printName(printing, name)) : '');
  }
  if (show.startsWith) docs.push(` starts with ${stringText(show.startsWith, printing.dialect)}`);
  if (show.limit) docs.push(' limit ', printing.expression(show.limit));
  if (show.after) docs.push(` from ${stringText(show.after, printing.dialect)}`);
  if (show.privileges.length > 0) docs.push(` with privileges ${show.privileges.join(', ')}`);
  return concat(...docs);
}

export function printDescribe(printing: Printing, describe: Describe): Doc {
  const { verb, object, subject, signature, options } = describe;
  const docs: Doc[] = [words(verb, object)];
  if (subject?.kind === 'query') docs.push(' ', printing.query(subject));
  else if (subject?.kind === 'name') docs.push(' ', printName(printing, subject));
  else if (subject) docs.push(' ', printing.expression(subject));
  docs.push(printSignature(printing, signature));
  return concat(...docs, options.length > 0 ? ' ' : '', printOptionRow(printing, options, false));
}

export function printUse(printing: Printing, { object, names: items }: Use): Doc {
  // ALL and NONE are words here.
  const rule = object === 'secondary roles' ? 'any' : 'notTable';
  return concat(
    words('use', object),
    ' ',
    join(
      ', ',
      items.map((name) => printName(printing, name, rule)),
    ),
  );
}

export function printSet(printing: Printing, { scope, names: items, sign, values, parentheses }: SetStatement): Doc {
  const left = parentheses ? concat('(', names(printing, items), ')') : names(printing, items);
  const docs = values.map((value) => printing.expression(value));
  const right = parentheses ? concat('(', join(', ', docs), ')') : join(', ', docs);
  return concat(words('set', scope), ' ', left, ` ${sign} `, right);
}

export function printUnset(printing: Printing, { verb, scope, names: items, parentheses }: Unset): Doc {
  const inner = names(printing, items);
  return concat(words(verb, scope), ' ', parentheses ? concat('(', inner, ')') : inner);
}

export function printCommentOn(printing: Printing, { ifExists, object, name, signature, text }: CommentOn): Doc {
  const head = words('comment', ifExists ? 'if exists' : '', 'on', object);
  const value = printing.expression(text);
  return concat(head, ' ', printName(printing, name), printSignature(printing, signature), ' is ', value);
}

export function printExecuteImmediate(printing: Printing, { from, what, using }: ExecuteImmediate): Doc {
  const text = what.kind === 'stage-location' ? what.location : printing.expression(what);
  const values = using.length > 0 ? parenthesizedList(printing, using, (value) => printing.expression(value)) : '';
  return concat(
    words('execute immediate', from ? 'from' : ''),
    ' ',
    text,
    values === '' ? '' : concat(' using ', values),
  );
}

export function printAttach(printing: Printing, attach: Attach): Doc {
  const { file, alias, options } = attach;
  const or = attach.or ? `or ${attach.or}` : '';
  const head = words('attach', or, attach.word ? 'database' : '', attach.ifNotExists ? 'if not exists' : '');
  const name = alias ? ` as ${identifierText(printing, alias, 'notTable')}` : '';
  return concat(
    head,
    ' ',
    printing.expression(file),
    name,
    options ? concat(' ', printOptionGroup(printing, options)) : '',
  );
}
