import type { Json, TargetDiagnostic } from '../../core/index.ts';
import { loadDriver } from './driver.ts';
import type { Output } from './output.ts';
import { setupProblem } from './setup-problems.ts';
import { setStatement } from './setup-statements.ts';
import { readVendorError } from './statement-errors.ts';

/** Which of the `config_options` DuckDB does not take, and why: opening a database says neither of a wrong value. */
export async function configProblems(output: Output): Promise<readonly TargetDiagnostic[]> {
  const found: TargetDiagnostic[] = [];
  for (const [name, value] of Object.entries(output.config_options ?? {})) {
    const refusal = await refusalOf(name, value);
    if (refusal !== undefined) found.push(await setupProblem(['config_options', name], refusal, output));
  }
  return found;
}

async function refusalOf(name: string, value: Json): Promise<string | undefined> {
  const { DuckDBInstance } = loadDriver();
  const refusal = await DuckDBInstance.create(':memory:', { [name]: String(value) }).then(
    (instance) => instance.closeSync(),
    messageOf,
  );
  // What else is refused does not go with a database in memory.
  if (!refusal || !/Failed to set config|not recognized|To set the/.test(refusal)) return undefined;
  const scratch = await DuckDBInstance.create(':memory:', { errors_as_json: 'true' });
  const connection = await scratch.connect();
  const reason = await connection.run(setStatement(name, value)).then(() => refusal, messageOf);
  connection.disconnectSync();
  scratch.closeSync();
  // That is all that DuckDB says of what can be set at the start alone.
  return /while database is running/.test(reason) ? 'it cannot have this value' : reason;
}

const messageOf = (failure: unknown): string => readVendorError(String((failure as Error).message)).message;
