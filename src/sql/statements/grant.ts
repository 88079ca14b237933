import type { DataType, Identifier, Name, Place } from '../tree.ts';
import type { StatementBase } from './base.ts';

/** GRANT and REVOKE of privileges, and of roles. */
export interface Grant extends StatementBase {
  readonly kind: 'grant';
  readonly verb: 'grant' | 'revoke';
  /** `REVOKE GRANT OPTION FOR`. */
  readonly optionFor: boolean;
  /** Lower case: `select`, `create materialized view`, `all privileges`; with columns where they are named. */
  readonly privileges: readonly Privilege[];
  /** Undefined if a role is granted; it is then the only privilege: `role r`. */
  readonly on?: GrantObject;
  readonly grantees: readonly Grantee[];
  /** Lower case, one phrase each: `with grant option`, `copy current grants`, `cascade`. */
  readonly properties: readonly string[];
}

export interface Privilege extends Place {
  /** Lower case. */
  readonly words: string;
  /** Of a role that is granted: its name. */
  readonly name?: Name;
  readonly columns: readonly Identifier[];
}

/** `TABLE t`, `FUTURE TABLES IN SCHEMA s`, `ALL VIEWS IN DATABASE d`, `ACCOUNT`. */
export interface GrantObject extends Place {
  readonly scope?: 'all' | 'future';
  /** Lower case; empty if left out. */
  readonly object: string;
  readonly names: readonly Name[];
  /** Types of a routine's parameters. */
  readonly signature?: readonly DataType[];
  readonly in?: { readonly object: string; readonly name: Name };
}

export interface Grantee extends Place {
  /** Lower case: `role`, `database role`, `share`, `user`; empty if left out. */
  readonly object: string;
  readonly name: Name;
}
