import type { AlterAction } from '../../statement-tree.ts';
import type { Cursor } from '../cursor.ts';
import { takeTokens } from './command.ts';
import { wordAt } from './words.ts';

const verbs: ReadonlySet<string> = new Set([
  'abort',
  'add',
  'authorize',
  'disable',
  'drop',
  'enable',
  'execute',
  'modify',
  'push',
  'recluster',
  'refresh',
  'remove',
  'reset',
  'resume',
  'set',
  'stop',
  'suspend',
  'unset',
  'convert',
]);

/** An action without SQL inside, kept as its tokens. */
export function parseAlterWords(cursor: Cursor): AlterAction {
  const { start } = cursor;
  if (!verbs.has(wordAt(cursor))) {
    cursor.fail('what to alter: ADD, DROP, RENAME, SET, …', 'add', 'drop', 'rename', 'set', 'unset', 'alter');
    return { kind: 'words', words: [], start, end: start };
  }
  const words = takeTokens(cursor);
  return { kind: 'words', words, start, end: cursor.previousEnd };
}
