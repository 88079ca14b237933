import type { ColumnTypes } from '../../core/index.ts';
import { longestText } from './cells.ts';

/** As dbt-snowflake has it: every whole number is a `NUMBER`, and none an integer. */
export const columnTypes: ColumnTypes = {
  integers: [],
  numerics: ['int', 'integer', 'bigint', 'smallint', 'tinyint', 'byteint', 'numeric', 'decimal', 'number'],
  floats: ['float', 'float4', 'float8', 'double', 'double precision', 'real'],
  textSize: longestText,
  splitsSizes: true,
};
