import {
  adapterResponse,
  DatetimeValue,
  type GraphNode,
  type Json,
  type JsonObject,
  jsonToValue,
  nodeDict,
  type StepFinished,
  stepTiming,
  threadName,
} from '../core/index.ts';
import { Dict, HostObject, hostFunction, type Value } from '../jinja/index.ts';

/** One of the `results` of an `on-run-end` hook: its fields, and `to_dict()` with texts in the place of times. */
export class ResultValue extends HostObject {
  readonly #fields: Dict;
  readonly #plain: Dict;

  constructor(result: StepFinished, node: GraphNode | undefined) {
    super();
    const timing = result.status === 'skipped' ? [] : stepTiming(result);
    const plain: [string, Value][] = [
      ['status', result.status],
      ['timing', timing.map((one) => jsonToValue(one))],
      ['thread_id', threadName(result.thread)],
      ['execution_time', jsonToValue((result.at - result.startedAt) / 1000)],
      ['adapter_response', jsonToValue(adapterResponse(result))],
      ['message', result.message === '' ? null : result.message],
      ['failures', result.failures],
      ['unique_id', result.nodeId],
      ['batch_results', jsonToValue((result.batchResults ?? null) as Json)],
      ['node', node === undefined ? null : nodeDict(node)],
    ];
    this.#plain = Dict.of(plain);
    this.#fields = Dict.of([...plain, ['timing', timing.map(moments)]]);
  }

  override get typeName(): string {
    return 'RunResult';
  }

  override truthy(): boolean {
    return true;
  }

  override getAttribute(name: string): Value | undefined {
    return name === 'to_dict' ? hostFunction(name, () => this.#plain) : this.#fields.get(name);
  }

  override getItem(key: Value): Value | undefined {
    return typeof key === 'string' ? this.getAttribute(key) : undefined;
  }

  override toJs(): unknown {
    return this.#plain;
  }
}

function moments({ name, started_at: from, completed_at: to }: JsonObject): Value {
  const at = (time: unknown): Value => DatetimeValue.at(new Date(String(time)));
  return Dict.of([
    ['name', String(name)],
    ['started_at', at(from)],
    ['completed_at', at(to)],
  ]);
}
