#!/usr/bin/env node
// CommonJS on purpose. The warehouse's statements run on libuv's thread pool, whose size (4 unless told otherwise) is
// read once, at its first use, and loading an ES module uses it. This file is loaded without.
process.env.UV_THREADPOOL_SIZE ??= '32';
require('./load-program.ts').loadProgram(process.argv[2]).startProcess();
