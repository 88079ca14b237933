// lineage: which base columns a value is taken from, and which only choose rows

export * from './lineage.ts';
export * from './reads.ts';
export * from './recursion.ts';
