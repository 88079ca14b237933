import { setFlagsFromString } from 'node:v8';

/** Later versions count otherwise, and refuse these aloud. */
const isNode20 = process.versions.node.startsWith('20.');

/**
 * For commands that are over soon. V8 optimises a function once so many bytes of its code were run, 66 KB by default. Most
 * commands are over before that pays, and it was a fifth of their CPU time on Node 20.
 */
export function expectLittle(): void {
  setFlagsFromString('--heap-growing-percent=0');
  // What is kept for the next command is what is there at the end: V8 would drop functions that have not run for a while.
  setFlagsFromString('--no-flush-bytecode');
  if (isNode20) setFlagsFromString('--interrupt-budget=600000');
}

/**
 * For large projects. V8 lets a heap of short-lived things grow to four times what is in use before it collects. And functions
 * are optimised as early as they are by default, which pays here.
 */
export function expectMuch(): void {
  setFlagsFromString('--heap-growing-percent=60');
  if (isNode20) setFlagsFromString('--interrupt-budget=67584');
}
