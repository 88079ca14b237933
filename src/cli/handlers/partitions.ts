import { wordsOf } from '../command-line/values.ts';
import type { ExitCode } from '../engine/outcome.ts';
import type { Session } from '../session.ts';
import { partitionsJson, partitionsText } from '../texts/partitions-text.ts';
import { keysAsked, partitionKeys } from './partition-keys.ts';

/** `partitions`: what there is of the partitions of some models, or what keys they are kept by. */
export async function showPartitions(session: Session): Promise<ExitCode> {
  const names = wordsOf(session.invocation.positional, 'models');
  const asked = keysAsked(names);
  if (asked) return partitionKeys(session, asked);
  const engine = await session.engine();
  const { exitCode, diagnostics, assets } = await engine.partitions(names, session.call(), session.host);
  session.reporter.diagnose(diagnostics);
  if (exitCode !== 0) return exitCode;
  session.reporter.print(session.invocation.values.output === 'json' ? partitionsJson(assets) : partitionsText(assets));
  return 0;
}
