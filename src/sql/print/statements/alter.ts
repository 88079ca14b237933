import { precedence } from '../../dialect.ts';
import type { Alter, AlterAction, ColumnChange, ColumnChangeDetail, Statement } from '../../statement-tree.ts';
import { concat, type Doc, group, hardLine, indent, join, line } from '../document.ts';
import { stringText } from '../literals.ts';
import { identifierText, printName } from '../names.ts';
import { list, type Printing, parenthesizedList } from '../printing.ts';
import { printColumnNames } from '../select-items.ts';
import { printColumnDefinition, printTableConstraint, printTags, printUsing } from './columns.ts';
import { tokensText } from './command.ts';
import { printOptionRow } from './options.ts';
import { printSignature } from './signature.ts';

export function printAlter(printing: Printing, alter: Alter, inner: (statement: Statement) => Doc): Doc {
  const name = alter.name ? concat(' ', printName(printing, alter.name)) : '';
  const head = concat(`alter ${alter.object}`, alter.ifExists ? ' if exists' : '', name);
  const actions = alter.actions.map((action) => printAction(printing, action, inner));
  return group(head, printSignature(printing, alter.signature), indent(line, join(concat(',', line), actions)));
}

function printAction(printing: Printing, action: AlterAction, inner: (statement: Statement) => Doc): Doc {
  switch (action.kind) {
    case 'add-columns': {
      const print = ({ ifNotExists, definition }: (typeof action.columns)[number]): Doc =>
        concat(ifNotExists ? 'if not exists ' : '', printColumnDefinition(printing, definition));
      const columns = action.columns.map((column) => ({ ...column, start: column.definition.start }));
      const items = action.parentheses ? parenthesizedList(printing, columns, print) : list(printing, columns, print);
      return concat(action.word ? 'add column ' : 'add ', items);
    }
    case 'add-constraint':
      return concat('add ', printTableConstraint(printing, action.constraint));
    case 'drop-columns': {
      const names = list(printing, action.columns, (column) => printName(printing, column, 'notColumn'));
      const words = `drop ${action.word ? 'column ' : ''}${action.ifExists ? 'if exists ' : ''}`;
      return concat(words, names, action.behaviour ? ` ${action.behaviour}` : '');
    }
    case 'drop-constraint': {
      const docs: Doc[] = [`drop ${action.type}${action.ifExists ? ' if exists' : ''}`];
      if (action.name) docs.push(` ${identifierText(printing, action.name, 'notColumn')}`);
      if (action.columns.length > 0) docs.push(' ', printColumnNames(printing, action.columns));
      return concat(...docs, action.behaviour ? ` ${action.behaviour}` : '');
    }
    case 'rename':
      return concat('rename to ', printName(printing, action.to));
    case 'rename-column': {
      const words = `rename ${action.word ? 'column ' : ''}${action.ifExists ? 'if exists ' : ''}`;
      const to = identifierText(printing, action.to, 'notColumn');
      return concat(words, printName(printing, action.from, 'notColumn'), ` to ${to}`);
    }
    case 'alter-columns': {
      const print = (change: ColumnChange): Doc => printChange(printing, change);
      const { changes, parentheses } = action;
      return concat(
        `${action.verb} `,
        parentheses ? parenthesizedList(printing, changes, print) : list(printing, changes, print),
      );
    }
    case 'swap':
      return concat('swap with ', printName(printing, action.with));
    case 'set':
      return concat('set ', printOptionRow(printing, action.options, action.commas));
    case 'unset':
      return `unset ${action.names.join(', ')}`;
    case 'set-tags':
      return concat('set tag ', printTags(printing, action.tags));
    case 'unset-tags':
      return concat(
        'unset tag ',
        list(printing, action.tags, (tag) => printName(printing, tag)),
      );
    case 'cluster-by':
      return concat(
        'cluster by ',
        parenthesizedList(printing, action.columns, (column) => printing.expression(column)),
      );
    case 'replace-query':
      return concat(action.words, hardLine, inner(action.body));
    case 'replace-body':
      return concat('set body -> ', printing.expression(action.body));
    case 'modify-when':
      return concat('modify when ', printing.expression(action.condition));
    case 'words':
      return tokensText(action.words);
  }
}

function printChange(printing: Printing, { word, name, change }: ColumnChange): Doc {
  const detail = printDetail(printing, change);
  return concat(word ? 'column ' : '', printName(printing, name, 'notColumn'), ' ', detail);
}

function printDetail(printing: Printing, change: ColumnChangeDetail): Doc {
  switch (change.kind) {
    case 'nullability':
      return `${change.verb ? `${change.verb} ` : ''}not null`;
    case 'set-default':
      return concat('set default ', printing.operand(change.value, precedence.symbols));
    case 'drop-default':
      return 'drop default';
    case 'set-type': {
      const docs: Doc[] = [change.words === '' ? '' : `${change.words} `, printing.type(change.type)];
      const { collation, using } = change;
      if (collation) {
        docs.push(' collate ');
        docs.push(
          collation.kind === 'string' ? stringText(collation, printing.dialect) : printName(printing, collation),
        );
      }
      if (using) docs.push(' using ', printing.expression(using));
      return concat(...docs);
    }
    case 'comment':
      return `comment ${stringText(change.text, printing.dialect)}`;
    case 'unset-comment':
      return 'unset comment';
    case 'set-policy': {
      const using = change.using.length > 0 ? printUsing(printing, change.using) : '';
      return concat(
        `set ${change.policy} policy `,
        printName(printing, change.name),
        using,
        change.force ? ' force' : '',
      );
    }
    case 'unset-policy':
      return `unset ${change.policy} policy`;
    case 'set-tags':
      return concat('set tag ', printTags(printing, change.tags));
    case 'unset-tags':
      return concat(
        'unset tag ',
        list(printing, change.tags, (tag) => printName(printing, tag)),
      );
  }
}
