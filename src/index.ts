/**
 * The public API: what the command line is made of, for programs that embed Ingot.
 *
 * `callOf` makes a call of the words of a command line; `loadProject` reads and checks a project; `runCommand` builds,
 * tests or compiles what a call selects and tells what happens through `host.emit`; `partitionKeys` adds keys of dynamic
 * partitions. What cannot be gone on with is thrown as `Problem`. Templates by themselves are the sub-path `ingot/jinja`,
 * SQL by itself `ingot/sql`.
 *
 * @module
 */

export type { Graph, Selection } from './2-graph/index.ts';
export { type CallOptions, callOf } from './cli/call-of.ts';
export type { Call } from './cli/engine/call.ts';
export type { Host } from './cli/engine/host.ts';
export type { Loaded, OpenedProject } from './cli/engine/loaded.ts';
export type { KeyListEntry, KeysOutcome, KeysRequest } from './cli/engine/partitions.ts';
export type { RunOutcome } from './cli/engine/run.ts';
export type { Preview, ShowOutcome } from './cli/engine/show.ts';
export type {
  Adapter,
  DataTest,
  Diagnostic,
  Environment,
  Event,
  Materialization,
  Relation,
  Session,
  Span,
  StepFinished,
  Table,
  Target,
  TemplateFunction,
  Warehouse,
} from './core/index.ts';
export { formatDiagnostic, Problem } from './core/index.ts';
export {
  checkConnection,
  loadProject,
  openProject,
  partitionKeys,
  runCommand,
  selectNodes,
  showQuery,
} from './pipeline.ts';
