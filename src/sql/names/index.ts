// names: what each name in a query means

export * from './fold.ts';
export * from './frame.ts';
export * from './members.ts';
export * from './relation.ts';
export * from './resolve.ts';
export * from './rules.ts';
export * from './scope.ts';
export * from './suggest.ts';
export * from './tables.ts';
