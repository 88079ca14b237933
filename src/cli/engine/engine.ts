import type { Selection } from '../../2-graph/index.ts';
import type { BaseRequest } from '../base/base.ts';
import type { OpenAnalysis } from './analysis.ts';
import type { BackfillOutcome, BackfillRequest } from './backfill.ts';
import type { Call } from './call.ts';
import type { ListedChanges } from './changes.ts';
import type { ConnectionReport } from './debug.ts';
import type { DiffCall, DiffOutcome } from './diff.ts';
import type { Host } from './host.ts';
import type { LintCall, LintOutcome } from './lint.ts';
import type { Loaded, OpenedProject } from './loaded.ts';
import type { KeysOutcome, KeysRequest, PartitionsOutcome, PlanOutcome, WhyOutcome } from './partitions.ts';
import type { QuarantineOutcome, QuarantineRequest } from './quarantine.ts';
import type { CleanOutcome, CleanRequest, ReviewOutcome, ReviewRequest } from './review.ts';
import type { RunOutcome } from './run.ts';
import type { SampleOutcome, SampleRequest } from './sample.ts';
import type { ShowOutcome } from './show.ts';

/** What the commands ask of the pipeline. Problems come back as diagnostics; a `Problem` may be thrown as well. */
export interface Engine {
  openProject(call: Call, host: Host): Promise<OpenedProject>;
  loadProject(call: Call, host: Host): Promise<Loaded>;
  /** What the call selects: flags, default selector, resource types, in graph order. */
  selectNodes(loaded: Loaded, call: Call, host: Host): Promise<Selection>;
  runCommand(call: Call, host: Host): Promise<RunOutcome>;
  showQuery(call: Call, host: Host): Promise<ShowOutcome>;
  /** `quarantine`: lists, shows, publishes or throws away what failed its tests. */
  quarantine(request: QuarantineRequest, call: Call, host: Host): Promise<QuarantineOutcome>;
  /** `backfill ls`, `show`, `cancel`. */
  backfills(request: BackfillRequest, call: Call, host: Host): Promise<BackfillOutcome>;
  /** `partitions`: what there is of the named models; of all that are selected, if none is named. */
  partitions(names: readonly string[], call: Call, host: Host): Promise<PartitionsOutcome>;
  /** `partitions add`, `remove` and `keys`: the keys of dynamic partitions. */
  partitionKeys(request: KeysRequest, call: Call, host: Host): Promise<KeysOutcome>;
  /** `why`: what would happen to an asset, or to one of its partitions (`orders[2024-03-31]`). */
  why(asked: string, call: Call, host: Host): Promise<WhyOutcome>;
  /** `diff`: how the rows of an asset, or of some of its partitions (`orders[2024-03-31]`), differ from others. */
  diff(asked: string, request: DiffCall, call: Call, host: Host): Promise<DiffOutcome>;
  /** `sample pull`: records some rows of production's tables, masked, as files of the project. */
  pullSample(request: SampleRequest, call: Call, host: Host): Promise<SampleOutcome>;
  /** `changes`: what is other than in an earlier state of the project, by meaning, and who is affected. */
  changes(request: BaseRequest, call: Call, host: Host): Promise<ListedChanges>;
  /** `ci`: what a change does, whether it works, how its data differs. */
  review(request: ReviewRequest, call: Call, host: Host): Promise<ReviewOutcome>;
  /** `ci clean`: drops schemas that reviews made. */
  cleanSchemas(request: CleanRequest, call: Call, host: Host): Promise<CleanOutcome>;
  /** `lint`: what habits the SQL has that lead to faults. */
  lint(request: LintCall, call: Call, host: Host): Promise<LintOutcome>;
  /** `plan`: what `build` would do. */
  plan(call: Call, host: Host): Promise<PlanOutcome>;
  /** `docs generate`: compiles, if the call says so, and writes `catalog.json`. */
  generateDocs(call: Call, host: Host): Promise<RunOutcome>;
  /** What the SQL of nodes gives, for commands that build nothing. To be closed. */
  openAnalysis(loaded: Loaded, call: Call, host: Host): Promise<OpenAnalysis>;
  checkConnection(call: Call, host: Host): Promise<ConnectionReport>;
}
