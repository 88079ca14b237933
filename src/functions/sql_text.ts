import { itemsOf, str } from '../jinja/index.ts';
import { dispatched, sqlOf } from './warehouse/dispatched.ts';

/** dbt's cross-database macros for text: `concat`, `hash`, `split_part`… Each gives an expression. */
export default [
  ...dispatched('concat', ['fields'], ({ adapter }, [fields]) =>
    adapter.statements.expressions.concat(itemsOf(fields ?? null).map((field) => sqlOf(field))),
  ),
  ...dispatched('hash', ['field'], ({ adapter }, [field]) => adapter.statements.expressions.hash(sqlOf(field))),
  ...dispatched('length', ['expression'], ({ adapter }, [text]) => adapter.statements.expressions.length(sqlOf(text))),
  ...dispatched('position', ['substring_text', 'string_text'], ({ adapter }, [part, text]) =>
    adapter.statements.expressions.position(sqlOf(part), sqlOf(text)),
  ),
  ...dispatched('replace', ['field', 'old_chars', 'new_chars'], ({ adapter }, [text, old, by]) =>
    adapter.statements.expressions.replace(sqlOf(text), sqlOf(old), sqlOf(by)),
  ),
  ...dispatched('right', ['string_text', 'length_expression'], ({ adapter }, [text, length]) =>
    adapter.statements.expressions.right(sqlOf(text), sqlOf(length)),
  ),
  ...dispatched('split_part', ['string_text', 'delimiter_text', 'part_number'], ({ adapter }, [text, by, part]) =>
    adapter.statements.expressions.splitPart(sqlOf(text), sqlOf(by), sqlOf(part)),
  ),
  ...dispatched('string_literal', ['value'], ({ adapter }, [text]) =>
    adapter.statements.expressions.stringLiteral(str(text ?? null)),
  ),
  ...dispatched('escape_single_quotes', ['expression'], ({ adapter }, [text]) =>
    adapter.statements.expressions.escapeSingleQuotes(sqlOf(text)),
  ),
];
