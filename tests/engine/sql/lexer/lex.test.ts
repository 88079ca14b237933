import { describe, expect, it } from 'vitest';
import { duckdb } from '../../../../src/sql/dialects/duckdb/index.ts';
import { dialects } from '../../../../src/sql/dialects/index.ts';
import { snowflake } from '../../../../src/sql/dialects/snowflake/index.ts';
import { compileSyntax } from '../../../../src/sql/lexer/compiled.ts';
import { lex } from '../../../../src/sql/lexer/lex.ts';
import { lexemeNumber } from '../../../../src/sql/lexer/lexicon.ts';

function tokens(text: string, dialect = snowflake): string[] {
  const { starts, ends } = lex(text, dialect.syntax.lexical, compileSyntax(dialect.syntax));
  return starts.map((start, index) => text.slice(start, ends[index])).slice(0, -1);
}

function problems(text: string, dialect = snowflake): string[] {
  return lex(text, dialect.syntax.lexical, compileSyntax(dialect.syntax)).problems.map(({ message }) => message);
}

function comments(text: string, dialect = snowflake): string[] {
  return lex(text, dialect.syntax.lexical, compileSyntax(dialect.syntax)).comments.map((comment) => comment.text);
}

describe('texts', () => {
  it('end at a quote that is neither doubled nor, where backslashes escape, escaped', () => {
    expect(tokens(String.raw`'it''s' 'a\'b'`)).toEqual(["'it''s'", String.raw`'a\'b'`]);
    expect(tokens(String.raw`'a\' b`, duckdb)).toEqual([String.raw`'a\'`, 'b']);
    expect(tokens(String.raw`E'a\'b'`, duckdb)).toEqual([String.raw`E'a\'b'`]);
  });

  it('between dollar signs hold anything', () => {
    expect(tokens("$$it's$$ x")).toEqual(["$$it's$$", 'x']);
    expect(tokens('$a$ $$ $a$', duckdb)).toEqual(['$a$ $$ $a$']);
  });

  it('that are not closed are reported where they start', () => {
    expect(problems("select 'a")).toEqual(['This text is not closed']);
    expect(problems('select "a')).toEqual(['This name is not closed']);
    expect(problems('select /* a')).toEqual(['This comment is not closed']);
    expect(problems('select $$a')).toEqual(['This text is not closed']);
  });
});

describe('comments', () => {
  it('are kept and are no tokens', () => {
    expect(tokens('a -- b\n/* c */ d // e')).toEqual(['a', 'd']);
    expect(comments('a -- b\r\n/* c */ d // e')).toEqual(['-- b', '/* c */', '// e']);
  });

  it('nest only where the dialect nests them', () => {
    expect(tokens('/* /* */ */ a', duckdb)).toEqual(['a']);
    expect(tokens('/* /* */ a')).toEqual(['a']);
  });

  it('do not start inside the location of a file or a stage', () => {
    expect(tokens('put file:///tmp/a.csv @s/path//x')).toEqual(['put', 'file:///tmp/a.csv', '@s/path//x']);
  });
});

describe('numbers', () => {
  it.each(['1', '1.5', '.5', '1.', '1e5', '1.5e-3', '1E+2'])('%s is one token', (number) => {
    expect(tokens(number)).toEqual([number]);
  });

  it('have underscores and hexadecimal digits where the dialect has them', () => {
    expect(tokens('1_000 0x1F', duckdb)).toEqual(['1_000', '0x1F']);
    expect(tokens('1_000')).toEqual(['1', '_000']);
  });

  it('do not swallow what follows', () => {
    expect(tokens('1e x')).toEqual(['1', 'e', 'x']);
    expect(tokens('t.1')).toEqual(['t', '.', '1']);
  });
});

describe('symbols', () => {
  it('are as long as the operators of the dialect', () => {
    expect(tokens('a->>b::c<=d', duckdb)).toEqual(['a', '->>', 'b', '::', 'c', '<=', 'd']);
    expect(tokens('a//b', duckdb)).toEqual(['a', '//', 'b']);
  });

  it('that mean nothing are reported', () => {
    expect(problems('select `a`')).toEqual([
      'The character "`" means nothing here',
      'The character "`" means nothing here',
    ]);
  });

  it('find the bracket that closes them', () => {
    const { partners } = lex('f(a[1], (b))', duckdb.syntax.lexical, compileSyntax(duckdb.syntax));
    expect(partners[1]).toBe(10);
    expect(partners[3]).toBe(5);
    expect(partners[7]).toBe(9);
  });
});

describe('a dialect', () => {
  it.each(dialects)('$name has rules only for words that the lexer knows', ({ syntax }) => {
    const words = Object.values(syntax.words).flatMap((list: string) => list.split(' '));
    expect(words.filter((word) => word !== '' && lexemeNumber(word) === 0)).toEqual([]);
    expect(Object.keys(syntax.operators).filter((operator) => lexemeNumber(operator) === 0)).toEqual([]);
  });
});
