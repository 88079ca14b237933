import { error, Problem, StatementError } from '../../core/index.ts';

/** Does something with the warehouse. A statement that it refuses is a problem of the project or of rights, not of ours. */
export async function refusedAsProblem<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (failure) {
    if (!(failure instanceof StatementError) || failure.cancelled) throw failure;
    const hint = 'A review needs to make schemas, and to read what production has';
    throw new Problem(error('run/review-statement', `The warehouse refused: ${failure.message}`, { hint }));
  }
}
