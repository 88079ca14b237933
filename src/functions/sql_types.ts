import type { PortableType, TemplateFunction } from '../core/index.ts';
import { dispatched, written } from './warehouse/dispatched.ts';

const types: readonly PortableType[] = ['string', 'timestamp', 'float', 'numeric', 'bigint', 'int', 'boolean'];

/** dbt's cross-database macros for types: `type_string()`, `type_numeric()`…, `cast`, `safe_cast`. */
const functions: readonly TemplateFunction[] = [
  ...types.flatMap((type) => dispatched(`type_${type}`, [], ({ adapter }) => adapter.statements.typeName(type))),
  ...dispatched('cast', ['field', 'type'], ({ adapter }, [field, type]) =>
    adapter.statements.expressions.cast(written(field), written(type)),
  ),
  ...dispatched('safe_cast', ['field', 'type'], ({ adapter }, [field, type]) =>
    adapter.statements.expressions.safeCast(written(field), written(type)),
  ),
  ...dispatched('cast_bool_to_text', ['field'], ({ adapter: { statements } }, [field]) =>
    statements.expressions.cast(written(field), statements.typeName('string')),
  ),
];
export default functions;
