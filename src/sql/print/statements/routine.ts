import { precedence } from '../../dialect.ts';
import type {
  CreateMacro,
  CreateRoutine,
  MacroVariant,
  RoutineParameter,
  RoutineResult,
} from '../../statement-tree.ts';
import { concat, type Doc, group, indent, join, line } from '../document.ts';
import { identifierText } from '../names.ts';
import { type Printing, parenthesizedList } from '../printing.ts';
import { printColumnDefinitions } from './columns.ts';
import { printOptions } from './options.ts';

/** A function or procedure behind its head. */
export function printRoutine(printing: Printing, routine: CreateRoutine, head: Doc): Doc {
  const { parameters, returns, options, body } = routine;
  const docs: Doc[] = [head, ' ', printParameters(printing, parameters)];
  if (returns) docs.push(line, printResult(printing, returns));
  docs.push(printOptions(printing, options));
  if (body) docs.push(line, 'as', line, printing.expression(body));
  return group(...docs);
}

/** `(a int default 1, b varchar)` */
export function printParameters(printing: Printing, parameters: readonly RoutineParameter[]): Doc {
  return parenthesizedList(printing, parameters, (parameter) => printParameter(printing, parameter));
}

function printParameter(printing: Printing, { mode, name, type, default: value }: RoutineParameter): Doc {
  const docs: Doc[] = [identifierText(printing, name, 'notColumn'), mode ? ` ${mode}` : ''];
  if (type) docs.push(' ', printing.type(type));
  if (value) docs.push(` ${value.sign} `, printing.operand(value.value, precedence.symbols));
  return concat(...docs);
}

function printResult(printing: Printing, { type, columns, notNull }: RoutineResult): Doc {
  const result = columns
    ? concat('table ', printColumnDefinitions(printing, columns))
    : type
      ? printing.type(type)
      : '';
  return concat('returns ', result, notNull ? ' not null' : '');
}

/** A macro behind its head. */
export function printMacro(printing: Printing, macro: CreateMacro, head: Doc): Doc {
  const variants = macro.variants.map((variant) => printVariant(printing, variant, macro.variants.length > 1));
  return group(head, ' ', indent(join(concat(',', line), variants)));
}

function printVariant(printing: Printing, { parameters, body, end }: MacroVariant, several: boolean): Doc {
  const isTable = body.kind === 'query';
  // A comma behind a query would be taken for part of it.
  const isOpen = isTable && several && body.body.kind !== 'nested-query';
  const content = !isTable ? printing.expression(body) : isOpen ? printing.nested(body, end) : printing.query(body);
  return group(printParameters(printing, parameters), isTable ? ' as table' : ' as', indent(line, content));
}
