import { itemsOf } from '../jinja/index.ts';
import { dispatched, sqlOf, written } from './warehouse/dispatched.ts';

/** dbt's cross-database macros for arrays: `array_construct`, `array_append`, `array_concat`. */
export default [
  ...dispatched('array_construct', ['inputs=', 'data_type='], ({ adapter: { statements } }, [inputs, type]) =>
    statements.expressions.arrayConstruct(
      itemsOf(inputs ?? []).map((input) => written(input)),
      sqlOf(type, statements.typeName('int')),
    ),
  ),
  ...dispatched('array_append', ['array', 'new_element'], ({ adapter }, [array, element]) =>
    adapter.statements.expressions.arrayAppend(written(array), written(element)),
  ),
  ...dispatched('array_concat', ['array_1', 'array_2'], ({ adapter }, [first, second]) =>
    adapter.statements.expressions.arrayConcat(written(first), written(second)),
  ),
];
