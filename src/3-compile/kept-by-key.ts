/** What earlier commands worked out for nodes. A key changes with all that it is worked out from. */
export interface KeptByKey<Value> {
  get(id: string, key: string): Value | undefined;
  set(id: string, key: string, value: Value): void;
}
