import type { Materialization } from '../core/index.ts';

/** Leaves nothing behind: the query becomes part of those that read it. */
const ephemeral: Materialization = {
  name: 'ephemeral',
  async materialize() {
    return { relations: [], rowsAffected: null, message: 'OK' };
  },
};

export default ephemeral;
