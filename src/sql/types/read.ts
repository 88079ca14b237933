import type { DataType, TypeParameter } from '../tree.ts';
import type { TypeDetails, Typed } from './rules.ts';
import type { SqlType, TypeField } from './type.ts';

/**
 * What a type as written means in a dialect. A type that is not built in (the user's own, a new one of the warehouse)
 * is `named`, about which nothing is concluded.
 */
export function readDataType(dataType: DataType, dialect: Typed): SqlType {
  const details = detailsOf(dataType.parameters, dialect);
  const named: SqlType = { kind: 'named', name: dataType.name };
  const inner = dataType.qualifier?.length ? named : (dialect.types.read(dataType.name, details) ?? named);
  return dataType.dimensions.reduce<SqlType>(
    (element, size) => ({ kind: 'array', element, ...(size === undefined ? {} : { size }) }),
    inner,
  );
}

function detailsOf(parameters: readonly TypeParameter[], dialect: Typed): TypeDetails {
  const numbers: number[] = [];
  const texts: string[] = [];
  const types: SqlType[] = [];
  const fields: TypeField[] = [];
  for (const parameter of parameters) {
    if (parameter.kind === 'type') types.push(readDataType(parameter.type, dialect));
    else if (parameter.kind === 'field') fields.push(fieldOf(parameter, dialect));
    else if (parameter.value.kind === 'number') numbers.push(Number(parameter.value.text));
    else if (parameter.value.kind === 'string') texts.push(parameter.value.value);
  }
  return { numbers, texts, types, fields };
}

function fieldOf(parameter: TypeParameter & { readonly kind: 'field' }, dialect: Typed): TypeField {
  const type = readDataType(parameter.type, dialect);
  return { name: parameter.name.text, type, ...(parameter.notNull ? { notNull: true } : {}) };
}
