import type { Statement } from '../../statement-tree.ts';
import { concat, type Doc } from '../document.ts';
import { identifierText } from '../names.ts';
import type { Printing } from '../printing.ts';
import { printAlter } from './alter.ts';
import { printDelete, printInsert, printInsertMultiple, printMerge, printUpdate } from './changes.ts';
import { tokensText } from './command.ts';
import { printCopy, printCopyInto, printTransfer } from './copy.ts';
import {
  printCreateIndex,
  printCreateObject,
  printCreatePipe,
  printCreatePolicy,
  printCreateStream,
  printCreateTable,
  printCreateTask,
  printCreateType,
  printCreateView,
  printHead,
} from './create.ts';
import { printOptionGroup } from './options.ts';
import { printMacro, printRoutine } from './routine.ts';
import {
  printAttach,
  printCommentOn,
  printDescribe,
  printDrop,
  printExecuteImmediate,
  printGrant,
  printSet,
  printShow,
  printTruncate,
  printUndrop,
  printUnset,
  printUse,
} from './session.ts';

type StatementPrinters = {
  readonly [Kind in Statement['kind']]: (printing: Printing, node: Statement & { readonly kind: Kind }) => Doc;
};

const printers: StatementPrinters = {
  'query-statement': (printing, { query }) => printing.query(query),
  'bad-statement': () => '',
  'create-table': printCreateTable,
  'create-view': printCreateView,
  'create-routine': (printing, node) => printRoutine(printing, node, printHead(printing, node, node.routine)),
  'create-macro': (printing, node) => printMacro(printing, node, printHead(printing, node, node.word)),
  'create-stream': printCreateStream,
  'create-pipe': printCreatePipe,
  'create-task': (printing, node) => printCreateTask(printing, node, (body) => printStatement(printing, body)),
  'create-policy': printCreatePolicy,
  'create-index': printCreateIndex,
  'create-type': printCreateType,
  'create-object': printCreateObject,
  alter: (printing, node) => printAlter(printing, node, (body) => printStatement(printing, body)),
  drop: printDrop,
  undrop: printUndrop,
  truncate: printTruncate,
  insert: printInsert,
  'insert-multiple': printInsertMultiple,
  update: printUpdate,
  delete: printDelete,
  merge: printMerge,
  copy: printCopy,
  'copy-into': printCopyInto,
  grant: printGrant,
  show: printShow,
  describe: printDescribe,
  use: printUse,
  set: printSet,
  unset: printUnset,
  'call-statement': (printing, { call, into }) =>
    concat('call ', printing.expression(call), into ? concat(' into ', printing.expression(into)) : ''),
  transaction: (printing, { action, words, name }) =>
    `${action}${words === '' ? '' : ` ${words}`}${name ? ` name ${identifierText(printing, name)}` : ''}`,
  'comment-on': printCommentOn,
  'execute-immediate': printExecuteImmediate,
  explain: (printing, { words, options, statement }) => {
    const group = options ? concat(' ', printOptionGroup(printing, options)) : '';
    return concat(words === '' ? 'explain' : `explain ${words}`, group, ' ', printStatement(printing, statement));
  },
  prepare: (printing, { name, statement }) =>
    concat(`prepare ${identifierText(printing, name, 'notColumn')} as `, printStatement(printing, statement)),
  transfer: printTransfer,
  attach: printAttach,
  command: (_, { verb, tokens }) => (tokens.length === 0 ? verb : `${verb} ${tokensText(tokens)}`),
};

/** A statement without its semicolon; comments before it come first. */
export function printStatement(printing: Printing, node: Statement): Doc {
  const print = printers[node.kind] as (printing: Printing, node: Statement) => Doc;
  return concat(printing.comments.before(node.start), print(printing, node));
}
