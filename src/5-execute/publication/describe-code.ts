import { type CodeLogics, createCodeLogics } from '../../3-compile/index.ts';
import { codeLogicOf, type Node, type Relation, writeCodeLogic } from '../../core/index.ts';
import type { StepContext } from '../context.ts';
import { executeRecorded } from '../execute-recorded.ts';
import { targetRelation } from '../target-relation.ts';

/** Writes down what versions of code do, for those who read what they make: each version once, so seldom. */
export class CodeDescriptions {
  /** By node: it is described once in a run. */
  readonly #described = new Map<string, Promise<void>>();
  /** By schema: the versions that stand in its table. */
  readonly #recorded = new Map<string, Promise<ReadonlySet<string>>>();
  #logics: CodeLogics | undefined;

  describe(node: Node, codeVersion: string, context: StepContext): Promise<void> {
    const known = this.#described.get(node.unique_id) ?? this.#write(node, codeVersion, context);
    this.#described.set(node.unique_id, known);
    return known;
  }

  async #write(node: Node, codeVersion: string, context: StepContext): Promise<void> {
    const { database, schema, unique_id: asset } = node;
    const table = codeLogicOf(targetRelation(node, context.graph));
    const place = JSON.stringify([database, schema]);
    const recorded = this.#recorded.get(place) ?? recordedIn(table, context);
    this.#recorded.set(place, recorded);
    if ((await recorded).has(versionKey(asset, codeVersion))) return;
    this.#logics ??= createCodeLogics(context);
    const logic = await this.#logics(asset);
    if (!logic) return;
    const { statements } = context.shelves.adapter;
    await executeRecorded(writeCodeLogic(table, { asset, codeVersion, logic }, statements), asset, context);
  }
}

const versionKey = (asset: unknown, codeVersion: unknown): string => `${asset} ${codeVersion}`;

async function recordedIn(table: Relation, { session, shelves }: StepContext): Promise<ReadonlySet<string>> {
  const name = shelves.adapter.statements.renderRelation(table);
  const { rows } = await session.query(`select asset, code_version\nfrom ${name}`);
  return new Set(rows.map(([asset, codeVersion]) => versionKey(asset, codeVersion)));
}
