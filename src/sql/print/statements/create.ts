import type {
  Clone,
  CreateBase,
  CreateIndex,
  CreateObject,
  CreatePipe,
  CreatePolicy,
  CreateStream,
  CreateTable,
  CreateTask,
  CreateType,
  CreateView,
  Statement,
  TableElement,
} from '../../statement-tree.ts';
import { concat, type Doc, group, hardLine, line } from '../document.ts';
import { identifierText, printName } from '../names.ts';
import { type Printing, parenthesizedList } from '../printing.ts';
import { printTravel } from '../table.ts';
import { printColumnDefinition, printColumnDefinitions, printTableConstraint } from './columns.ts';
import { printCopyInto } from './copy.ts';
import { printOptions } from './options.ts';
import { printParameters } from './routine.ts';

/** `create or replace transient table if not exists a.b` */
export function printHead(printing: Printing, head: CreateBase, object: string): Doc {
  const or = head.or ? `or ${head.or} ` : '';
  const modifiers = head.modifiers.map((modifier) => `${modifier} `).join('');
  const words = `create ${or}${modifiers}${object}${head.ifNotExists ? ' if not exists' : ''}`;
  return head.name.parts.length === 0 && !head.name.dynamic
    ? words
    : concat(words, ' ', printName(printing, head.name));
}

export function printCreateTable(printing: Printing, table: CreateTable): Doc {
  const { elements, like, clone, template, options, query, withData } = table;
  const docs: Doc[] = [printHead(printing, table, 'table')];
  if (elements) docs.push(' ', printElements(printing, elements, options[0]?.start ?? query?.start ?? table.end));
  if (like) docs.push(' like ', printName(printing, like));
  if (clone) docs.push(' ', printClone(printing, clone));
  docs.push(printOptions(printing, options));
  if (template) docs.push(line, 'using template ', printing.nested(template, template.end));
  if (query) docs.push(line, 'as', hardLine, printing.query(query));
  if (withData !== undefined) docs.push(line, withData ? 'with data' : 'with no data');
  return group(...docs);
}

function printElements(printing: Printing, elements: readonly TableElement[], end: number): Doc {
  return parenthesizedList(printing, elements, (element) => printElement(printing, element), end);
}

function printElement(printing: Printing, element: TableElement): Doc {
  switch (element.kind) {
    case 'column-definition':
      return printColumnDefinition(printing, element);
    case 'table-constraint':
      return printTableConstraint(printing, element);
    case 'like-element':
      return concat('like ', printName(printing, element.source), ...element.words.map((words) => ` ${words}`));
  }
}

function printClone(printing: Printing, { source, travel, options }: Clone): Doc {
  const time = travel ? printTravel(printing, travel) : '';
  return concat('clone ', printName(printing, source), time, printOptions(printing, options));
}

export function printCreateView(printing: Printing, view: CreateView): Doc {
  const { columns, options, query } = view;
  const docs: Doc[] = [printHead(printing, view, 'view')];
  if (columns) docs.push(' ', printColumnDefinitions(printing, columns, options[0]?.start ?? query.start));
  docs.push(printOptions(printing, options), line, 'as', hardLine, printing.query(query));
  return group(...docs);
}

export function printCreateStream(printing: Printing, stream: CreateStream): Doc {
  const { clone, on, travel, options } = stream;
  const docs: Doc[] = [printHead(printing, stream, 'stream')];
  if (clone) docs.push(' ', printClone(printing, clone));
  if (on) docs.push(` on ${on.object} `, printName(printing, on.name));
  if (travel) docs.push(printTravel(printing, travel));
  return group(...docs, printOptions(printing, options));
}

export function printCreatePipe(printing: Printing, pipe: CreatePipe): Doc {
  const head = concat(printHead(printing, pipe, 'pipe'), printOptions(printing, pipe.options));
  return group(head, line, 'as', hardLine, printCopyInto(printing, pipe.copy));
}

export function printCreateTask(printing: Printing, task: CreateTask, inner: (statement: Statement) => Doc): Doc {
  const { clone, options, after, when, body } = task;
  const docs: Doc[] = [printHead(printing, task, 'task')];
  if (clone) docs.push(' ', printClone(printing, clone));
  docs.push(printOptions(printing, options));
  if (after.length > 0) {
    const names = after.map((name) => printName(printing, name));
    docs.push(line, 'after ', ...names.flatMap((name, index) => (index === 0 ? [name] : [', ', name])));
  }
  if (when) docs.push(line, 'when ', printing.expression(when));
  if (body) docs.push(line, 'as', hardLine, inner(body));
  return group(...docs);
}

export function printCreatePolicy(printing: Printing, policy: CreatePolicy): Doc {
  const { parameters, returns, body, options } = policy;
  const head = printHead(printing, policy, `${policy.policy} policy`);
  const signature = concat(' as ', printParameters(printing, parameters), ' returns ', printing.type(returns), ' ->');
  return group(head, signature, line, printing.expression(body), printOptions(printing, options));
}

export function printCreateIndex(printing: Printing, index: CreateIndex): Doc {
  const { table, using, columns, options } = index;
  const method = using ? ` using ${identifierText(printing, using)}` : '';
  const items = parenthesizedList(printing, columns, (column) => printing.expression(column));
  const head = concat(printHead(printing, index, 'index'), ' on ', printName(printing, table), method, ' ', items);
  return group(head, printOptions(printing, options));
}

export function printCreateType(printing: Printing, type: CreateType): Doc {
  const head = concat(printHead(printing, type, 'type'), ' as ');
  if (type.values) return concat(head, 'enum ', printing.nested(type.values, type.end));
  return concat(head, type.type ? printing.type(type.type) : '');
}

export function printCreateObject(printing: Printing, object: CreateObject): Doc {
  const docs: Doc[] = [printHead(printing, object, object.object)];
  if (object.clone) docs.push(' ', printClone(printing, object.clone));
  return group(...docs, printOptions(printing, object.options));
}
