import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { RenderOptions, Scope, Value } from '../../../src/jinja/index.ts';
import {
  createEnvironment,
  fromJs,
  makeMacro,
  parseTemplate,
  renderMapped,
  renderNative,
  renderTemplate,
  renderTemplateAsync,
  repr,
  TemplateError,
} from '../../../src/jinja/index.ts';

/** A case as `scripts/jinja/record.py` writes it. */
interface Case {
  readonly t: string;
  readonly c?: Record<string, unknown>;
  readonly macros?: string;
  readonly dbt?: boolean;
  readonly native?: boolean;
  readonly loose?: boolean;
  readonly out?: string;
  readonly err?: string;
  readonly msg?: string;
}

const folder = new URL('./fixtures/', import.meta.url);
const visible = createEnvironment({ localMacros: true });

function options(given: Case): RenderOptions {
  const names = new Map<string, Value>(Object.entries(given.c ?? {}).map(([name, value]) => [name, fromJs(value)]));
  const scope: Scope = { lookup: (name) => names.get(name) };
  for (const block of parseTemplate(given.macros ?? '').blocks) names.set(block.fullName, makeMacro(block));
  const plain = { scope, random: () => 0.5 };
  return given.native || given.macros !== undefined || given.dbt ? plain : { ...plain, environment: visible };
}

/** The ways to render a case; all must agree with Python. */
const WAYS: Record<string, (given: Case) => string | Promise<string>> = {
  sync: (given) =>
    given.native ? repr(renderNative(given.t, options(given))) : renderTemplate(parseTemplate(given.t), options(given)),
  async: (given) =>
    given.native
      ? repr(renderNative(given.t, options(given)))
      : renderTemplateAsync(parseTemplate(given.t), options(given)),
  mapped: (given) => {
    if (given.native) return repr(renderNative(given.t, options(given)));
    const template = parseTemplate(given.t);
    const { text, segments } = renderMapped(template, options(given));
    let end = 0;
    for (const segment of segments) {
      expect(segment.outStart).toBe(end);
      end = segment.outEnd;
      if (segment.kind !== 'text') continue;
      const written = given.t.slice(segment.start, segment.end).replace(/\r\n?/g, '\n');
      expect(text.slice(segment.outStart, segment.outEnd)).toBe(written);
    }
    expect(end).toBe(text.length);
    return text;
  },
};

async function outcome(given: Case, way: (given: Case) => string | Promise<string>): Promise<Partial<Case>> {
  try {
    return { out: await way(given) };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return { err: error.errorClass, msg: error.message };
  }
}

/** Python classes that have no name of their own here. */
const CLASSES: Record<string, string> = {
  MaterializationArgError: 'TemplateSyntaxError',
  SyntaxError: 'TemplateSyntaxError',
  JinjaRenderingError: 'CompilationError',
  MacroReturn: 'CompilationError',
};

for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  const cases: Case[] = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
  describe(file.replace('.json', ''), () => {
    for (const given of cases) {
      test(`${given.t} ${given.c === undefined ? '' : JSON.stringify(given.c)}${given.macros ?? ''}`, async () => {
        for (const [name, way] of Object.entries(WAYS)) {
          const got = await outcome(given, way);
          const where = `${name}: ${given.t}`;
          if (given.out !== undefined) expect(got, where).toEqual({ out: given.out });
          else {
            const err = CLASSES[given.err ?? ''] ?? given.err;
            expect(got, where).toEqual({ err, msg: given.loose ? got.msg : given.msg });
          }
        }
      });
    }
  });
}
