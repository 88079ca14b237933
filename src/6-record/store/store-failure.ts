import { type Diagnostic, error, Problem, warning, writeRefusal } from '../../core/index.ts';

/** Another process writes at the moment. */
export function isBusy(failure: unknown): boolean {
  const { code, message } = failure as { code?: unknown; message?: unknown };
  return code === 'SQLITE_BUSY' || /database is (locked|busy)/i.test(String(message));
}

/** Whether it is the state store that failed. */
export const isStoreFailure = (failure: unknown): boolean =>
  failure instanceof Error && String((failure as { code?: unknown }).code).startsWith('SQLITE_');

/** The warning for a store that cannot be used, be it when it is opened or later: the run goes on. */
export function unusable(file: string, failure: unknown): Diagnostic {
  const { what, hint } = reasonOf(failure);
  const message = `The state store ${file} cannot be used, so this run leaves no history: ${what}`;
  return warning('record/store', message, { hint });
}

/** Does what cannot be done without the store. Throws `Problem` where that fails. */
export async function inStore<T>(file: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (failure) {
    if (!isStoreFailure(failure)) throw failure;
    const { what, hint } = reasonOf(failure);
    throw new Problem(error('record/store', `The state store ${file} cannot be used: ${what}`, { hint }));
  }
}

function reasonOf(failure: unknown): { readonly what: string; readonly hint: string } {
  const elsewhere = 'give another file with --state-file';
  if (isBusy(failure)) return { what: 'another process holds it', hint: `Wait until that has ended, or ${elsewhere}` };
  const refusal = writeRefusal(failure);
  const what = refusal?.what ?? (failure instanceof Error ? failure.message : String(failure));
  const { code } = failure as { code?: unknown };
  if (/not a database|malformed|SQLITE_CORRUPT|SQLITE_NOTADB/i.test(`${what} ${String(code)}`)) {
    return { what, hint: 'The file is damaged: move it away and Ingot starts a new one' };
  }
  return { what, hint: refusal?.hint ?? 'Check that the folder exists, can be written to and has space left' };
}
