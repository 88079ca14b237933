// types: types as written → types, their text, and what comes of computing with them
export type {
  CallArgument,
  FunctionCatalogue,
  FunctionColumn,
  ResultFunction,
  Signature,
  SqlFunction,
} from '../function-catalogue.ts';
export { type CallTyping, typeOfCall } from './calls.ts';
export { castability } from './castability.ts';
export { createCatalogue, type FunctionFamily } from './catalogue.ts';
export { sameFamily } from './family.ts';
export { lambdaParameterTypes } from './lambdas.ts';
export { literalType } from './literal.ts';
export { typeOfOperator } from './operators.ts';
export { readDataType } from './read.ts';
export type { Answer, TypeDetails, Typed, TypedOperator, TypeRules } from './rules.ts';
export { commonType } from './supertype.ts';
export { typeText } from './text.ts';
export * from './type.ts';
export { readTypeText } from './type-text.ts';
