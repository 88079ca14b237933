import { NodeValue } from '../1-parse/index.ts';
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

/** What has attributes, and `to_dict()` with plain data in the place of times and objects. */
class Recorded extends HostObject {
  readonly #typeName: string;
  readonly #plain: Dict;
  readonly #fields: Dict;

  constructor(typeName: string, plain: Dict, instead: Iterable<readonly [Value, Value]>) {
    super();
    this.#typeName = typeName;
    this.#plain = plain;
    this.#fields = Dict.of([...plain.entries(), ...instead]);
  }

  override get typeName(): string {
    return this.#typeName;
  }

  override truthy(): boolean {
    return true;
  }

  override getAttribute(name: string): Value | undefined {
    return name === 'to_dict' ? hostFunction(name, () => this.#plain.copy()) : this.#fields.get(name);
  }

  override getItem(key: Value): Value | undefined {
    return typeof key === 'string' ? this.getAttribute(key) : undefined;
  }

  override toJs(): unknown {
    return this.#plain;
  }
}

/** One of the `results` of an `on-run-end` hook. */
export class ResultValue extends Recorded {
  constructor(result: StepFinished, node: GraphNode | undefined) {
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
    super('RunResult', Dict.of(plain), [
      ['timing', timing.map(timingValue)],
      ['node', node === undefined ? null : new NodeValue(node)],
    ]);
  }
}

function timingValue(timing: JsonObject): Value {
  const at = (name: string): [string, Value] => [name, DatetimeValue.at(new Date(String(timing[name])))];
  return new Recorded('TimingInfo', jsonToValue(timing) as Dict, [at('started_at'), at('completed_at')]);
}
