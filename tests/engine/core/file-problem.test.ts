import { describe, expect, it } from 'vitest';
import { fileProblem, readRefusal, writeRefusal } from '../../../src/core/index.ts';

const refused = (code: string): Error =>
  Object.assign(new Error(`${code}: no`), { code, syscall: 'open', path: 'a/b' });

describe('what the file system refuses', () => {
  it('has a reason and a hint of its own', () => {
    expect(fileProblem(refused('ENOSPC'))).toMatchObject({
      message: 'a/b cannot be used (open): the disk is full',
      hint: 'Make room and run again',
    });
    expect(writeRefusal(refused('EMFILE'))).toEqual({
      what: 'too many files are open',
      hint: 'Raise the limit (ulimit -n)',
    });
  });

  it('has the same reason where a file cannot be read', () => {
    expect(readRefusal(refused('ENOENT'))).toBe('it does not exist');
    expect(readRefusal(refused('EODD'))).toBe('EODD: no');
  });

  it('is told in its own words where nobody knows better, but for what may be a bug', () => {
    expect(writeRefusal(refused('EODD'))).toEqual({ what: 'EODD: no', hint: undefined });
    expect(fileProblem(refused('EODD'))).toBeUndefined();
    expect(writeRefusal(new TypeError('x is no function'))).toBeUndefined();
  });
});
