import { describe, expect, test } from 'vitest';
import { buildGraph } from '../../../src/2-graph/index.ts';
import { missingTableAdvice } from '../../../src/5-execute/missing-table.ts';
import { StatementError } from '../../../src/core/index.ts';
import { TemplateError } from '../../../src/jinja/index.ts';
import { model, project, seed, source } from '../2-graph/project-builder.ts';

const graph = buildGraph(
  project([
    source('raw', 'receipts', { identifier: 'receipts_v1' }),
    seed('countries'),
    model('orders', { alias: 'orders_table', refs: ['countries'], config: { materialized: 'table' } as never }),
    model('orders_view', { sources: [['raw', 'receipts']], refs: ['orders'] }),
    model('report', { refs: ['orders_view'] }),
  ]),
);

const missing = (table: string | undefined) => new StatementError('refused', { sql: '', missingTable: table });
const advice = (reader: string, table: string | undefined) =>
  missingTableAdvice(missing(table), { unique_id: reader }, graph);

describe('a table that is not there', () => {
  test('is built first where the node reads it, also behind a view', () => {
    const hint = 'Build what it reads first: ingot build --select orders';
    expect(advice('model.shop.orders_view', 'ORDERS_TABLE')).toEqual({ hint });
    expect(advice('model.shop.report', 'orders_table')).toEqual({ hint });
  });

  test('is loaded first where it is a source, whose entry is shown', () => {
    const hint = "Load the source's table first, or mend the database, schema or identifier of its entry";
    const span = { file: 'models/sources.yml', start: 0, end: 1 };
    const notes = [{ message: 'the source is db.raw.receipts_v1 by its entry', span }];
    expect(advice('model.shop.report', 'receipts_v1')).toEqual({ hint, notes });
    expect(advice('source.shop.raw.receipts', 'receipts_v1')).toEqual({ hint, notes: [] });
  });

  test.each([
    ['order', "To read the model 'orders', write {{ ref('orders') }}"],
    ['contries', "To read the seed 'countries', write {{ ref('countries') }}"],
    ['receipts_v2', "To read the source 'raw.receipts', write {{ source('raw', 'receipts') }}"],
  ])('%s is read by its name in the project', (table, hint) => {
    expect(advice('model.shop.other', table)).toEqual({ hint });
  });

  test('is not said to be the node itself, nor guessed where nothing is near', () => {
    expect(advice('model.shop.report', 'report')).toEqual({});
    expect(advice('model.shop.report', 'nowhere')).toEqual({});
    expect(advice('model.shop.report', undefined)).toEqual({});
  });

  test('is told also where a macro has asked for it', () => {
    const thrown = new TemplateError('refused', undefined, { cause: missing('order') });
    expect(missingTableAdvice(thrown, { unique_id: 'model.shop.report' }, graph).hint).toContain("ref('orders')");
  });
});
