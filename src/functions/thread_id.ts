import type { TemplateFunction } from '../core/index.ts';

const first = 'Thread-1';

/** `thread_id`: which of the threads renders this. */
const threadId: TemplateFunction = {
  name: 'thread_id',
  create: (rendering) => rendering.thread ?? first,
  createForYaml: () => 'MainThread',
};
export default threadId;
