// jinja: text → template tree → render
export type { Environment } from './activation.ts';
export type { FoundArgument, FoundCall, StaticCall } from './analysis.ts';
export { findCalls, freeNames, staticCalls } from './analysis.ts';
export type { RenderTextOptions } from './api.ts';
export { render, renderAsync } from './api.ts';
export { getAttribute, getItem } from './attributes.ts';
export type { Bound } from './bind.ts';
export { bindArguments, Signature } from './bind.ts';
export { compareForSort, contains, equals, truthy } from './compare.ts';
export { fromJs, toJs } from './convert.ts';
export { Decimal } from './decimal.ts';
export { repr, str, typeName } from './display.ts';
export type { EnvironmentOptions } from './environment.ts';
export { createEnvironment, DBT_ENVIRONMENT, NATIVE_ENVIRONMENT } from './environment.ts';
export type { ChainFrame, ErrorClass } from './errors.ts';
export { TemplateError } from './errors.ts';
export { itemsOf, iterate, lengthOf, listOf } from './iterate.ts';
export type { JsonOptions } from './json.ts';
export { dumpJson } from './json.ts';
export { tokenize } from './lexer.ts';
export { literalEval } from './literal.ts';
export type { ResolveScope } from './macro.ts';
export { Macro, makeMacro } from './macro.ts';
export type { Origin, Segment } from './map.ts';
export { originOf } from './map.ts';
export { updateDict } from './methods/dict.ts';
export { Namespace } from './namespace.ts';
export type { NativeOptions } from './native.ts';
export { renderNative, renderNativeAsync } from './native.ts';
export type { CallOptions, MappedText, RenderOptions } from './render.ts';
export {
  callMacro,
  callMacroAsync,
  callMacroMapped,
  isMappedText,
  renderMapped,
  renderMappedAsync,
  renderTemplate,
  renderTemplateAsync,
} from './render.ts';
export type { Place } from './source.ts';
export { Source } from './source.ts';
export type { Definition, DefinitionArgument, ParseOptions } from './template.ts';
export {
  bodyTemplate,
  definitionBody,
  definitionText,
  hasMarkup,
  parse,
  parseSource,
  parseTemplate,
  Template,
} from './template.ts';
export type { Token } from './tokens.ts';
export type * from './tree.ts';
export type { CallSite, HostCall, Result, Scope, UndefinedOrigin, Value } from './values.ts';
export { Dict, Float, HostFunction, HostObject, hostFunction, NamedTuple, PySet, Tuple, Undefined } from './values.ts';
export { DictView, OneShot, Range } from './views.ts';
