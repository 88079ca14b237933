import type { Pattern, TypeClass } from '../function-catalogue.ts';
import type { Answer, TypeRules } from './rules.ts';
import {
  isNumeric,
  isUnknown,
  nullType,
  type SqlType,
  sameType,
  settledType,
  type TypeKind,
  unknownType,
} from './type.ts';

/** Whether an argument fits a parameter, and, where the dialect has overloads, how far the argument has to be cast. */
export interface Match {
  readonly answer: Answer;
  readonly cost: number;
}

/** What the variables of a signature stand for in a call. */
export type Bindings = Map<string, SqlType>;

/** What a cast to any type costs, against one to a type of its own. */
const costOfAny = 5;
const fits: Match = { answer: 'yes', cost: 0 };
const fitsNot: Match = { answer: 'no', cost: 0 };
const fitsPerhaps: Match = { answer: 'unknown', cost: 0 };

export function matchPattern(pattern: Pattern, type: SqlType, rules: TypeRules, bindings: Bindings): Match {
  if (pattern.kind === 'any') return { answer: 'yes', cost: costOfAny };
  if (pattern.kind === 'date-part' || pattern.kind === 'lambda') return fits;
  if (pattern.kind === 'variable') return bind(pattern.name, type, rules, bindings);
  if (isUnknown(type)) return fitsPerhaps;
  if (type.kind === 'null') return fits;
  if (pattern.kind === 'class') return { answer: acceptsClass(pattern.class, type, rules), cost: 0 };
  if (pattern.kind === 'type') return matchType(pattern.type, type, rules);
  if (pattern.kind === 'list') return matchList(pattern.element, type, rules, bindings);
  if (type.kind !== 'map') return type.kind === 'variant' || type.kind === 'json' ? fitsPerhaps : fitsNot;
  const key = matchPattern(pattern.key, type.key, rules, bindings);
  const value = matchPattern(pattern.value, type.value, rules, bindings);
  return key.answer === 'no' || value.answer === 'no' ? fitsNot : { answer: 'yes', cost: key.cost + value.cost };
}

function bind(name: string, type: SqlType, rules: TypeRules, bindings: Bindings): Match {
  const bound = bindings.get(name);
  const next = bound && bound.kind !== 'null' ? together(bound, type, rules) : settledType(type);
  bindings.set(name, next ?? unknownType);
  return next ? { answer: 'yes', cost: costOfAny } : fitsPerhaps;
}

function together(bound: SqlType, type: SqlType, rules: TypeRules): SqlType | undefined {
  if (isUnknown(bound) || isUnknown(type)) return unknownType;
  return type.kind === 'null' || sameType(bound, type) ? bound : rules.common(bound, type);
}

function matchType(wanted: SqlType, type: SqlType, rules: TypeRules): Match {
  if (isUnknown(wanted)) return fitsPerhaps;
  if (!rules.castCost) return { answer: sameType(wanted, type) ? 'yes' : rules.implicitCast(type, wanted), cost: 0 };
  const cost = rules.castCost(type, wanted);
  return cost === undefined ? fitsNot : { answer: 'yes', cost };
}

function matchList(element: Pattern, type: SqlType, rules: TypeRules, bindings: Bindings): Match {
  if (type.kind === 'array') {
    const match = type.element ? matchPattern(element, type.element, rules, bindings) : fitsPerhaps;
    return match.answer === 'yes' ? { ...match, cost: match.cost + (type.size === undefined ? 0 : 1) } : match;
  }
  const cost = rules.castCost?.(type, { kind: 'array' });
  if (cost !== undefined && type.kind === 'varchar') return { answer: 'yes', cost };
  return cost !== undefined || type.kind === 'json' || !rules.castCost ? fitsPerhaps : fitsNot;
}

const kinds: Readonly<Record<TypeClass, readonly TypeKind[]>> = {
  number: ['number', 'integer', 'float'],
  integer: ['number', 'integer', 'float'],
  text: ['varchar', 'enum'],
  boolean: ['boolean'],
  binary: ['binary'],
  'text-or-binary': ['varchar', 'enum', 'binary'],
  date: ['date'],
  time: ['time'],
  timestamp: ['timestamp'],
  'date-or-timestamp': ['date', 'timestamp'],
  moment: ['date', 'time', 'timestamp'],
  interval: ['interval'],
  variant: ['variant', 'array', 'object', 'map'],
  array: ['array'],
  object: ['object', 'struct'],
  map: ['map'],
  struct: ['struct', 'object'],
  geography: ['geography', 'geometry'],
  vector: ['vector'],
  file: ['file'],
};

/** Types that stand for a class when it is asked whether a type can become one of it; classes without are open. */
const representatives: Partial<Record<TypeKind, SqlType>> = {
  number: { kind: 'number', precision: 38, scale: 0 },
  float: { kind: 'float', bits: 64 },
  varchar: { kind: 'varchar' },
  boolean: { kind: 'boolean' },
  date: { kind: 'date' },
  time: { kind: 'time', zone: 'none', precision: 9 },
  timestamp: { kind: 'timestamp', zone: 'ntz', precision: 9 },
};

function acceptsClass(wanted: TypeClass, type: SqlType, rules: TypeRules): Answer {
  if (kinds[wanted].includes(type.kind) || (wanted === 'number' && isNumeric(type))) return 'yes';
  const targets = kinds[wanted].flatMap((kind) => representatives[kind] ?? []);
  return targets.length > 0 && targets.every((target) => rules.implicitCast(type, target) === 'no') ? 'no' : 'unknown';
}

/** A pattern with the variables filled in. */
export function substitute(pattern: Pattern, bindings: Bindings): SqlType {
  switch (pattern.kind) {
    case 'type':
      return pattern.type;
    case 'variable':
      return bindings.get(pattern.name) ?? unknownType;
    case 'list':
      return unlessUnknown(substitute(pattern.element, bindings), (element) => ({ kind: 'array', element }));
    case 'map': {
      const value = substitute(pattern.value, bindings);
      return unlessUnknown(substitute(pattern.key, bindings), (key) =>
        unlessUnknown(value, () => ({ kind: 'map', key, value })),
      );
    }
    default:
      return unknownType;
  }
}

const unlessUnknown = (type: SqlType, make: (type: SqlType) => SqlType): SqlType =>
  isUnknown(type) || type.kind === nullType.kind ? unknownType : make(type);
