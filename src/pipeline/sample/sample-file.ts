import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Project } from '../../1-parse/index.ts';
import { type Diagnostic, maskingRules, warning } from '../../core/index.ts';

const tableSchema = z.object({
  /** Unique id of the node. */
  id: z.string(),
  relation: z.string(),
  /** In the folder of samples. */
  file: z.string(),
  rows: z.number(),
  /** How many of the rows are there because others refer to them. */
  referred: z.number(),
  columns: z.array(z.object({ name: z.string(), type: z.string(), masked: z.enum(maskingRules).optional() })),
});

const sampleSchema = z.object({
  version: z.literal(1),
  created_at: z.string(),
  ingot_version: z.string(),
  target: z.string(),
  rows: z.number(),
  seed: z.string(),
  masking: z.array(z.unknown()),
  tables: z.array(tableSchema),
});

/** `sample.json`: what a recorded sample has, and how it was made. It holds no secret and no value of a row. */
export type RecordedSample = z.infer<typeof sampleSchema>;

/** One table of a recorded sample. */
export type RecordedTable = z.infer<typeof tableSchema>;

/** The name of the file in the folder of samples. */
export const sampleFile = 'sample.json';

/** The folder of a project's samples, absolute. */
export function sampleFolder({ root, settings }: Pick<Project, 'root' | 'settings'>): string {
  return resolve(root, settings.samplePath ?? 'samples');
}

/** What is recorded in a folder; undefined where nothing is, or nothing that can be read, which a warning says. */
export function readSample(folder: string): {
  readonly sample: RecordedSample | undefined;
  readonly diagnostics: readonly Diagnostic[];
} {
  const path = join(folder, sampleFile);
  if (!existsSync(path)) return { sample: undefined, diagnostics: [] };
  const read = sampleSchema.safeParse(jsonOf(readFileSync(path, 'utf8')));
  if (read.success) return { sample: read.data, diagnostics: [] };
  const message = `${path} cannot be read, so that no sample is used`;
  return { sample: undefined, diagnostics: [warning('cli/sample-unreadable', message, { hint: pullAgain })] };
}

const pullAgain = 'Record it again: ingot sample pull';

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
