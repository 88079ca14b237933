import type { Statement } from '../../statement-tree.ts';
import type { Cursor } from '../cursor.ts';

/** Reads a statement inside another: the body of a task, what is explained. */
export type InnerParser = (cursor: Cursor) => Statement;
