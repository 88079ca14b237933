#!/usr/bin/env node
// CommonJS on purpose. The warehouse's statements run on libuv's thread pool, whose size (4 unless told otherwise) is
// read once, at its first use, and loading an ES module uses it. This file is loaded without.
process.env.UV_THREADPOOL_SIZE ??= '32';
// From Node 22 on: what V8 has compiled once is kept in the system's temporary folder.
require('node:module').enableCompileCache?.();

void import('./start.ts').then(({ startProcess }) => startProcess());
