import type { PortableType, TemplateFunction } from '../core/index.ts';
import { dispatched, sqlOf } from './warehouse/dispatched.ts';

const types: readonly PortableType[] = ['string', 'timestamp', 'float', 'numeric', 'bigint', 'int', 'boolean'];

/** dbt's cross-database macros for types: `type_string()`, `type_numeric()`…, `cast`, `safe_cast`. */
const functions: readonly TemplateFunction[] = [
  ...types.flatMap((type) => dispatched(`type_${type}`, [], ({ adapter }) => adapter.statements.typeName(type))),
  ...dispatched('cast', ['field', 'type'], ({ adapter }, [field, type]) =>
    adapter.statements.expressions.cast(sqlOf(field), sqlOf(type)),
  ),
  ...dispatched('safe_cast', ['field', 'type'], ({ adapter }, [field, type]) =>
    adapter.statements.expressions.safeCast(sqlOf(field), sqlOf(type)),
  ),
  ...dispatched('cast_bool_to_text', ['field'], ({ adapter: { statements } }, [field]) =>
    statements.expressions.cast(sqlOf(field), statements.typeName('string')),
  ),
];
export default functions;
