// record: Events → History; answers State

export { writeAtomically } from './artifacts/atomic-file.ts';
export * from './artifacts/catalog.ts';
export { damagedFile } from './artifacts/damaged-file.ts';
export { HeldFile } from './artifacts/held-file.ts';
export { KeptManifest } from './artifacts/kept-manifest.ts';
export * from './artifacts/manifest.ts';
export { type CompiledPart, manifestNode } from './artifacts/node-json.ts';
export * from './artifacts/read-artifacts.ts';
export * from './artifacts/run-results.ts';
export * from './artifacts/semantic-manifest.ts';
export * from './artifacts/sources.ts';
export {
  failedTests,
  lastPasses,
  lastSuccesses,
  passedIn,
  runsThatDied,
  testsThatFailed,
  unbuiltAttempts,
} from './store/attempts.ts';
export * from './store/backfills.ts';
export * from './store/history.ts';
export { type LeaseOptions, type OpenLeases, openLeases } from './store/leases.ts';
export { openStore, type Store } from './store/open-store.ts';
export * from './store/partition-keys.ts';
export { startRecorder } from './store/recorder.ts';
export type * from './store/schema.ts';
export { inStore, isStoreFailure, unusable } from './store/store-failure.ts';
