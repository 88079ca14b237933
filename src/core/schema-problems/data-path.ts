/** Keys and numbers of list entries that lead to a part of some data. */
export type DataPath = readonly (string | number)[];
