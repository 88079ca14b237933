import { error, Problem } from '../../core/index.ts';
import { type Output, withoutSecrets } from './output.ts';
import { accountOf } from './resolve-target.ts';
import { codeOf, type DriverError } from './statement-errors.ts';

const hints: Readonly<Record<string, string>> = {
  '390100': "Look at 'user' and 'password' of the target.",
  '390144': "Look at 'user' and the private key: its public half has to be set for the user (RSA_PUBLIC_KEY).",
  '390318': 'The access token has expired: get a new one.',
  '390201': "Look at 'warehouse', 'database', 'schema' and 'role' of the target.",
  '390422': 'The network policy of the account does not let this machine in.',
};

/** Says in plain words why nobody could log in, and what to do. */
export function loginProblem(failure: DriverError, output: Output): Problem {
  if (failure instanceof Problem) return failure;
  const code = codeOf(failure);
  const message = withoutSecrets(failure.message ?? 'no reason was given', output);
  const isReached = !/^(401001|401002|401003)$/.test(code);
  const where = output.host ?? `${accountOf(output)}.snowflakecomputing.com`;
  return isReached
    ? new Problem(
        error('snowflake/login', `Snowflake has refused the login: ${message}${code ? ` (${code})` : ''}`, {
          hint: hints[code],
        }),
      )
    : new Problem(
        error('snowflake/unreachable', `Snowflake cannot be reached at ${where}: ${message}`, {
          hint: "Look at 'account' (or 'host'), and whether this machine reaches the network.",
        }),
      );
}
