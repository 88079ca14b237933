#!/usr/bin/env node
// CommonJS on purpose. The warehouse's statements run on libuv's thread pool, whose size (4 unless told otherwise) is
// read once, at its first use, and loading an ES module uses it. This file is loaded without.
process.env.UV_THREADPOOL_SIZE ??= '32';
// V8 optimises a function once so many bytes of its code were run, 66 KB by default. Most commands are over before that
// pays, and it was a fifth of their CPU time on Node 20. Later versions count otherwise, and refuse the flag aloud. Where a
// project is large, start.ts goes back to the default.
if (process.versions.node.startsWith('20.')) require('node:v8').setFlagsFromString('--interrupt-budget=600000');
// From Node 22 on: what V8 has compiled once is kept in the system's temporary folder.
require('node:module').enableCompileCache?.();

void import('./start.ts').then(({ startProcess }) => startProcess());
