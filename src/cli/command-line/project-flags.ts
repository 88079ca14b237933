import { asMapping, type Json, type JsonObject } from '../../core/index.ts';
import { projectFileText } from '../find-project.ts';
import type { Flag } from '../flags/flag.ts';
import type { Invocation } from './invocation.ts';

/** The options that dbt also takes from `flags:` of the project file. */
const names = [
  ...['cache_selected_only', 'debug', 'fail_fast', 'indirect_selection', 'log_format', 'log_format_file', 'log_level'],
  ...['log_level_file', 'partial_parse', 'populate_cache', 'printer_width', 'static_parser', 'use_colors'],
  ...['use_colors_file', 'version_check', 'warn_error', 'write_json'],
];

/**
 * A call with what `flags:` of the project file says, where neither its words nor the environment do. Who reads the file
 * tells what is wrong with it.
 */
export async function withProjectFlags(
  invocation: Invocation,
  flags: readonly Flag[],
  projectDir: string | undefined,
): Promise<Invocation> {
  if (projectDir === undefined) return invocation;
  const { values, given } = invocation;
  const said = await flagsOf(projectFileText(projectDir));
  const taken = flags.flatMap((flag): [string, Json][] => {
    const key = flag.name.replaceAll('-', '_');
    const value = said[key];
    return value !== undefined && names.includes(key) && !given.has(key) && fits(flag, value) ? [[key, value]] : [];
  });
  return taken.length === 0 ? invocation : { ...invocation, values: { ...values, ...Object.fromEntries(taken) } };
}

async function flagsOf(text: string): Promise<JsonObject> {
  if (!/^flags:/m.test(text) || !names.some((name) => text.includes(name))) return {};
  const { readYaml } = await import('../../1-parse/index.ts');
  try {
    return asMapping(asMapping(readYaml(text, '', true).value)?.flags) ?? {};
  } catch {
    return {};
  }
}

function fits({ kind, choices }: Flag, value: Json): boolean {
  switch (kind) {
    case 'boolean':
    case 'switch':
      return typeof value === 'boolean';
    case 'number':
      return Number.isInteger(value);
    case 'choice':
      return typeof value === 'string' && choices?.includes(value) === true;
    default:
      return false;
  }
}
