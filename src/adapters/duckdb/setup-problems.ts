import { type DataPath, didYouMeanHint, error, type JsonObject, type TargetDiagnostic } from '../../core/index.ts';
import { openProblem } from './open-problems.ts';
import type { Output } from './output.ts';

/**
 * Says what is wrong with a part of a target.
 *
 * @param at the part.
 * @param refusal what DuckDB has answered to its statement.
 */
export async function setupProblem(at: DataPath, refusal: string, output: Output): Promise<TargetDiagnostic> {
  const [section, entry] = at;
  if (section === 'extensions' || /\bExtension (?:Autoloading|")|download extension/.test(refusal)) {
    return extensionProblem(refusal, at);
  }
  if (section === 'settings' || section === 'config_options') return settingProblem(String(entry), refusal, at);
  const [message = ''] = refusal.split('\n', 1);
  if (section === 'attach') return attachProblem(output, Number(entry), message);
  const [, asked, unknown] = /Secret (type|provider) '|Unknown parameter '(\w+)'/.exec(message) ?? [];
  const key = asked ?? unknown;
  return {
    ...error('duckdb/secret', `DuckDB does not take a secret of the target: ${message}`),
    at: key === undefined ? at : [...at, key],
  };
}

const fetched = 'Extensions are downloaded once; that needs the network, or a `repo` that can be reached.';

function extensionProblem(message: string, at: DataPath): TargetDiagnostic {
  const [first = '', ...others] = message.split('\n');
  const wanted = /xtension "(?:[^"\n]*\/)?([^"/\n]+?)(?:\.duckdb_extension)?"/.exec(message)?.[1];
  const candidates = /^Candidate extensions: (.*)$/m.exec(message)?.[1];
  const known = candidates?.match(/[^", ]+/g) ?? [];
  const reason = first.endsWith(':') ? `${first} ${others[0] ?? ''}` : first;
  return {
    ...error('duckdb/extension', `A DuckDB extension could not be loaded: ${reason}`, {
      hint: (wanted && didYouMeanHint(wanted, known)) ?? (/download|not found/.test(message) ? fetched : undefined),
    }),
    at,
    part: at[0] === 'extensions' ? 'value' : 'key',
  };
}

function settingProblem(name: string, message: string, at: DataPath): TargetDiagnostic {
  if (message.includes('unrecognized configuration parameter')) {
    const guess = /Did you mean: "([^"]+)"/.exec(message)?.[1];
    const hint = guess === undefined ? undefined : didYouMeanHint(name, [guess]);
    return { ...error('duckdb/setting', `DuckDB has no setting '${name}'`, { hint }), at };
  }
  const [reason = ''] = message.split('\n', 1);
  const hint = /while database is running/.test(reason) ? 'Write it under `config_options`.' : undefined;
  return {
    ...error('duckdb/setting', `DuckDB does not take the setting '${name}': ${reason}`, { hint }),
    at,
    part: 'value',
  };
}

/** What DuckDB and its extensions know of an attached database, besides what a target has of its own. */
const attachOptions = [
  'block_size',
  'compress',
  'encryption_cipher',
  'encryption_key',
  'recovery_mode',
  'row_group_size',
];
const attachKeys = ['path', 'type', 'alias', 'secret', 'read_only', 'options', 'schema', 'storage_version'];

async function attachProblem(output: Output, index: number, message: string): Promise<TargetDiagnostic> {
  const { path = '', options } = output.attach?.[index] ?? {};
  const option = /Unrecognized option for attach "(\w+)"/i.exec(message)?.[1];
  if (option !== undefined) {
    const isWithin = Object.keys((options ?? {}) as JsonObject).includes(option);
    const hint = didYouMeanHint(option, [...attachKeys, ...attachOptions]);
    return {
      ...error('duckdb/attach', `DuckDB has no option '${option}' for attached databases`, { hint }),
      at: ['attach', index, ...(isWithin ? ['options'] : []), option],
    };
  }
  return openProblem(message, path, ['attach', index, 'path']);
}
