import { itemsOf } from '../jinja/index.ts';
import { dispatched, written } from './warehouse/dispatched.ts';

/** dbt's cross-database macros for text: `concat`, `hash`, `split_part`… Each gives an expression. */
export default [
  ...dispatched('concat', ['fields'], ({ adapter }, [fields]) =>
    adapter.statements.expressions.concat(itemsOf(fields ?? null).map((field) => written(field))),
  ),
  ...dispatched('hash', ['field'], ({ adapter }, [field]) => adapter.statements.expressions.hash(written(field))),
  ...dispatched('length', ['expression'], ({ adapter }, [text]) =>
    adapter.statements.expressions.length(written(text)),
  ),
  ...dispatched('position', ['substring_text', 'string_text'], ({ adapter }, [part, text]) =>
    adapter.statements.expressions.position(written(part), written(text)),
  ),
  ...dispatched('replace', ['field', 'old_chars', 'new_chars'], ({ adapter }, [text, old, by]) =>
    adapter.statements.expressions.replace(written(text), written(old), written(by)),
  ),
  ...dispatched('right', ['string_text', 'length_expression'], ({ adapter }, [text, length]) =>
    adapter.statements.expressions.right(written(text), written(length)),
  ),
  ...dispatched('split_part', ['string_text', 'delimiter_text', 'part_number'], ({ adapter }, [text, by, part]) =>
    adapter.statements.expressions.splitPart(written(text), written(by), written(part)),
  ),
  ...dispatched('string_literal', ['value'], ({ adapter }, [text]) =>
    adapter.statements.expressions.stringLiteral(written(text)),
  ),
  ...dispatched('escape_single_quotes', ['expression'], ({ adapter }, [text]) =>
    adapter.statements.expressions.escapeSingleQuotes(written(text)),
  ),
];
