import type { Option, OptionGroup, OptionValue } from '../../statement-tree.ts';
import { concat, type Doc, enclose, group, indent, line } from '../document.ts';
import { stringText } from '../literals.ts';
import { dottedText } from '../names.ts';
import { lineBefore, list, type Printing, parenthesizedList } from '../printing.ts';

/** Each option on a line of its own where the statement breaks; a line stands before each. */
export function printOptions(printing: Printing, options: readonly Option[]): Doc {
  return concat(...options.map((option) => concat(lineBefore(printing, option.start), printOption(printing, option))));
}

/** Options inside a line, with commas or blanks between them. */
export function printOptionRow(printing: Printing, options: readonly Option[], commas: boolean): Doc {
  const separator = commas ? concat(',', line) : line;
  return concat(...options.flatMap((option, index) => [index === 0 ? '' : separator, printOption(printing, option)]));
}

/** `target_lag = '20 minutes'`, `copy grants`, `cluster by (a, b)` */
function printOption(printing: Printing, option: Option): Doc {
  const { name, sign, value } = option;
  const comment = printing.comments.before(option.start);
  if (value === undefined) return concat(comment, name);
  const between = sign === '' ? (name === '' ? '' : ' ') : ` ${sign} `;
  return concat(comment, name, between, printOptionValue(printing, value, name));
}

/** Lists behind these words have no parentheses of their own. */
const bare = /^(?:with )?(?:row access|aggregation|join|storage lifecycle) policy$|^allowed_values$/;

function printOptionValue(printing: Printing, value: OptionValue, name = ''): Doc {
  switch (value.kind) {
    case 'name':
      // Words like SKIP_FILE_10% stand without quotes.
      if (!value.dynamic)
        return value.parts.map((part) => (part.quoted ? dottedText(printing, [part]) : part.text)).join('.');
      return concat('identifier(', printing.expression(value.dynamic), ')');
    case 'stage-location':
      return value.location;
    case 'option-list':
      if (bare.test(name)) return printBareList(printing, value.items, name);
      return parenthesizedList(printing, value.items, (item) => printOptionValue(printing, item));
    case 'option-group':
      return printOptionGroup(printing, value);
    case 'string':
      return stringText(value, printing.dialect);
    default:
      return printing.expression(value);
  }
}

/** `'a', 'b'`, or `policy on (a, b)` */
function printBareList(printing: Printing, items: readonly OptionValue[], name: string): Doc {
  if (name === 'allowed_values')
    return group(indent(list(printing, items, (item) => printOptionValue(printing, item))));
  const word = name.includes('aggregation') ? ' entity key ' : name.includes('join') ? ' allowed join keys ' : ' on ';
  return concat(...items.map((item, index) => concat(index === 0 ? '' : word, printOptionValue(printing, item))));
}

/** `(type = csv null_if = ('a'))` */
export function printOptionGroup(printing: Printing, { options, commas }: OptionGroup): Doc {
  if (options.length === 0) return '()';
  return enclose('(', printOptionRow(printing, options, commas), ')');
}
