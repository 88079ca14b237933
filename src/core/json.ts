/** What a YAML or JSON file can say. Configuration and artifacts are made of it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}
