import { type Flow, pour, through } from '../../lineage/index.ts';
import type { Scope } from '../../names/index.ts';
import type { Call } from '../../tree.ts';
import type { Context, Value } from '../context.ts';
import { unknownValue } from './handler.ts';

/** `COLUMNS(…)`: the column that it stands for at the moment, while an output column is repeated for each of them. */
export function columnsCall(context: Context, node: Call, scope: Scope, flow: Flow): Value {
  const column = scope.repeated;
  if (!column) {
    for (const { value } of node.arguments) {
      if (value.kind === 'star') context.value(value, scope, through('computed', flow));
    }
    return unknownValue;
  }
  pour(column.lineage, flow);
  return { type: column.type, nullable: column.nullable };
}
