import type { CreateBase } from '../../statement-tree.ts';

/** What stands before the parts of an object that is created. */
export type CreateHead = Omit<CreateBase, 'comments' | 'end'>;
