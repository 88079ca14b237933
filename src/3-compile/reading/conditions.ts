import { type Coordinates, combineCoordinates, onlyFirst, ordinalRange, textCoordinates } from '../../core/index.ts';
import type { Expression, Place, Query } from '../../sql/index.ts';
import { allBounds, allTime, type Bound, type Bounds, eitherBounds, noBounds } from './bounds.ts';
import { type Constant, constantOf } from './moments.ts';
import { type Comparison, readSubquery, type Scope } from './reader.ts';
import { anyColumn, type Scan, type Trace, type Value } from './relation.ts';
import { look, readValue } from './values.ts';
import { earliestFor } from './wall-steps.ts';

/** That two values of a row compare so. */
export interface Link {
  readonly left: Value;
  readonly right: Value;
  readonly operator: Comparison;
}

/** What a condition says of the columns of tables. */
export interface Said {
  readonly bounds: Bounds;
  readonly links: readonly Link[];
}

const nothing: Said = { bounds: noBounds, links: [] };

/** Reads a condition. What cannot be read makes all columns in it unsure. */
export function readCondition(condition: Expression, scope: Scope, negated = false): Said {
  switch (condition.kind) {
    case 'parenthesized':
      return readCondition(condition.expression, scope, negated);
    case 'unary':
      return condition.operator === 'not'
        ? readCondition(condition.operand, scope, !negated)
        : unread(condition, scope);
    case 'logical': {
      const all = condition.operands.map((operand) => readCondition(operand, scope, negated));
      if (condition.operator === 'xor') return unread(condition, scope);
      return (condition.operator === 'and') === negated ? eitherSaid(all, scope) : allSaid(all);
    }
    case 'binary':
      return readComparison(condition.operator, condition.left, condition.right, { condition, scope, negated });
    case 'between': {
      if (condition.symmetric) return unread(condition, scope);
      const around = { condition, scope, negated };
      const sides = [
        readComparison('>=', condition.operand, condition.low, around),
        readComparison('<=', condition.operand, condition.high, around),
      ];
      return negated !== condition.negated ? eitherSaid(sides, scope) : allSaid(sides);
    }
    case 'in':
      return readIn(condition.operand, condition.choices, { condition, scope, negated: negated !== condition.negated });
    case 'is': {
      if (condition.test !== 'null') return unread(condition, scope);
      // That a column is not null leaves out no partition; that it is leaves out all of them.
      const value = readValue(condition.operand, scope);
      return negated !== condition.negated
        ? nothing
        : { bounds: boundsOf(value, condition, () => 'none', scope), links: [] };
    }
    case 'boolean':
      return condition.value === negated
        ? unsureOf(
            scope.sources.flatMap(({ rows }) => rows.scans),
            condition,
          )
        : nothing;
    default:
      return unread(condition, scope);
  }
}

interface Around {
  readonly condition: Expression;
  readonly scope: Scope;
  readonly negated: boolean;
}

function allSaid(all: readonly Said[]): Said {
  return { bounds: allBounds(all.map(({ bounds }) => bounds)), links: all.flatMap(({ links }) => links) };
}

/** Values that are compared in one of several conditions: of them nothing is sure. */
function eitherSaid(all: readonly Said[], { reader }: Scope): Said {
  const each = all.map(({ bounds, links }) => {
    const compared = links.flatMap(({ left, right }) => [left, right]);
    return allBounds([bounds, ...compared.map((value) => unsureBounds(value, undefined, reader.everything))]);
  });
  return { bounds: eitherBounds(each, reader.everything), links: [] };
}

const comparisons: Readonly<Record<string, Comparison | undefined>> = {
  '=': '=',
  '==': '=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};
const turned: Readonly<Record<Comparison, Comparison>> = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' };
const opposite = { '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const;

function readComparison(operator: string, left: Expression, right: Expression, around: Around): Said {
  const { condition, scope, negated } = around;
  const isUnequal = operator === '<>' || operator === '!=';
  const known = comparisons[operator];
  if (!known && !isUnequal) return unread(condition, scope);
  const [ofLeft, ofRight] = [constantOf(left), constantOf(right)];
  if (isUnequal || (known === '=' && negated)) {
    const constant = ofRight ?? ofLeft;
    if (!constant || isUnequal === negated || (ofLeft && ofRight)) return unread(condition, scope);
    return readChoice(ofRight ? left : right, [constant], { condition, scope, negated: true });
  }
  if (!known) return unread(condition, scope);
  const asked = negated && known !== '=' ? opposite[known] : known;
  if (ofLeft && ofRight) return nothing;
  if (ofRight) return compare(readValue(left, scope), asked, ofRight, condition, scope);
  if (ofLeft) return compare(readValue(right, scope), turned[asked], ofLeft, condition, scope);
  const link = { left: readValue(left, scope), right: readValue(right, scope), operator: asked };
  return { bounds: untraced([link.left, link.right], condition, scope), links: [link] };
}

function compare(value: Value, operator: Comparison, constant: Constant, condition: Place, scope: Scope): Said {
  const placesOf = (trace: Trace, everything: Coordinates): Coordinates | undefined => {
    if (everything.kind === 'texts') return operator === '=' ? textsOf(trace, [constant]) : undefined;
    return constant.wall === undefined ? undefined : timeOf(trace, operator, constant.wall);
  };
  return { bounds: boundsOf(value, condition, placesOf, scope), links: [] };
}

function readIn(operand: Expression, choices: readonly Expression[] | Query | Expression, around: Around): Said {
  const { condition, scope, negated } = around;
  if (!isList(choices)) {
    if (choices.kind !== 'query' || negated) return unread(condition, scope);
    const [right] = readSubquery(choices, scope).columns.values();
    const left = readValue(operand, scope);
    if (!right) return unread(operand, scope);
    return { bounds: untraced([left], condition, scope), links: [{ left, right, operator: '=' }] };
  }
  const constants = choices.map(constantOf);
  if (constants.some((constant) => constant === undefined)) return unread(condition, scope);
  return readChoice(operand, constants as readonly Constant[], around);
}

const isList = (choices: readonly Expression[] | Query | Expression): choices is readonly Expression[] =>
  Array.isArray(choices);

function readChoice(operand: Expression, constants: readonly Constant[], { condition, scope, negated }: Around): Said {
  const placesOf = (trace: Trace, everything: Coordinates): Coordinates | undefined => {
    const chosen = everything.kind === 'texts' ? textsOf(trace, constants) : timesOf(trace, constants);
    return chosen && negated ? combineCoordinates(everything, chosen, onlyFirst) : chosen;
  };
  return { bounds: boundsOf(readValue(operand, scope), condition, placesOf, scope), links: [] };
}

function textsOf({ steps }: Trace, constants: readonly Constant[]): Coordinates | undefined {
  if (steps.length > 0 || constants.some(({ text }) => text === undefined)) return undefined;
  return textCoordinates(constants.map(({ text }) => text!));
}

function timesOf(trace: Trace, constants: readonly Constant[]): Coordinates | undefined {
  const times = constants.map(({ wall }) => (wall === undefined ? undefined : timeOf(trace, '=', wall)));
  if (times.some((time) => time === undefined)) return undefined;
  return (times as readonly Coordinates[]).reduce((one, other) => combineCoordinates(one, other, (a, b) => a || b));
}

/** The times that a column has where its value compares so. Wall times are whole milliseconds. */
export function timeOf({ steps }: Pick<Trace, 'steps'>, operator: Comparison, wall: number): Coordinates | undefined {
  const [from, after] = [earliestFor(wall, steps), earliestFor(wall + 1, steps)];
  if (from === undefined || after === undefined) return undefined;
  const [least, most] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  switch (operator) {
    case '=':
      return ordinalRange(from, after);
    case '<':
      return ordinalRange(least, from);
    case '<=':
      return ordinalRange(least, after);
    case '>':
      return ordinalRange(after, most);
    case '>=':
      return ordinalRange(from, most);
  }
}

/** Says of the columns that a value is traced to where they are, and that of all others in it nothing is sure. */
function boundsOf(
  value: Value,
  because: Place,
  placesOf: (trace: Trace, everything: Coordinates) => Coordinates | 'none' | undefined,
  { reader }: Scope,
): Bounds {
  const traced = value.traces.map(({ scan, column, steps }): Bounds => {
    const everything = reader.everything(scan, column);
    const found = placesOf({ scan, column, steps }, everything);
    const places = found === 'none' ? noPlaces(everything) : found;
    return single(scan, column, {
      places: places ?? everything,
      sure: places !== undefined,
      because: reader.place ? [] : [because],
    });
  });
  return allBounds([...traced, untracedBounds(value, because, reader.everything)]);
}

const noPlaces = (everything: Coordinates): Coordinates =>
  everything.kind === 'texts' ? textCoordinates([]) : ordinalRange(0, 0);

const untraced = (values: readonly Value[], because: Place, { reader }: Scope): Bounds =>
  allBounds(values.map((value) => untracedBounds(value, because, reader.everything)));

function untracedBounds(value: Value, because: Place | undefined, everything: Everything): Bounds {
  const traced = (scan: Scan, column: string): boolean =>
    value.traces.some((trace) => trace.scan === scan && trace.column === column);
  return unsureWhere(value, because, everything, (scan, column) => !traced(scan, column));
}

type Everything = (scan: Scan, column: string) => Coordinates;

export const unsureBounds = (value: Value, because: Place | undefined, everything: Everything): Bounds =>
  unsureWhere(value, because, everything, () => true);

function unsureWhere(
  { from }: Value,
  because: Place | undefined,
  everything: Everything,
  is: (scan: Scan, column: string) => boolean,
): Bounds {
  const found = [...from].flatMap(([scan, columns]) =>
    [...columns].filter((column) => is(scan, column)).map((column) => unsure(scan, column, because, everything)),
  );
  return allBounds(found);
}

function unsure(scan: Scan, column: string, because: Place | undefined, everything: Everything): Bounds {
  const places = column === anyColumn ? allTime : everything(scan, column);
  return single(scan, column, { places, sure: false, because: because ? [because] : [] });
}

const single = (scan: Scan, column: string, bound: Bound): Bounds => new Map([[scan, new Map([[column, bound]])]]);

/** A condition that nobody can read: what its columns are cannot be told. */
function unread(condition: Expression, scope: Scope): Said {
  const { values } = look(condition, scope);
  const { everything } = scope.reader;
  return { bounds: allBounds(values.map((value) => unsureBounds(value, condition, everything))), links: [] };
}

function unsureOf(scans: readonly Scan[], because: Place): Said {
  return { bounds: allBounds(scans.map((scan) => unsure(scan, anyColumn, because, () => allTime))), links: [] };
}
