#!/usr/bin/env node
// CommonJS on purpose. The warehouse's statements run on libuv's thread pool, whose size (4 unless told otherwise) is
// read once, at its first use, and loading an ES module uses it. This file is loaded without.
process.env.UV_THREADPOOL_SIZE ??= '32';

// V8 lets a heap of short-lived things grow to several times what is in use before it collects. A little more collecting
// saves hundreds of megabytes on large projects.
require('node:v8').setFlagsFromString('--heap-growing-percent=60');

void import('./start.ts').then(({ startProcess }) => startProcess());
