import type { StatementWord } from './statement-words.ts';

/**
 * The words that the grammar of expressions and queries asks for, lower case. The lexer gives every one of them a
 * number, so that a word is recognised without making a string. A word in this list is not reserved by that: what may be
 * a name is the dialect's business. Those of other statements are in `statement-words.ts`.
 */
export const queryWords = [
  'after all and anti any any_value array as asc asof at attach before bernoulli between block both by bytes case cast',
  'changes character char clone collate columns connect connect_by_root cross cube current current_date current_time',
  'current_timestamp current_timestamp_tz cursor date day default define desc describe directed distinct double else empty',
  'end escape except exclude exclusion exists extract false fetch fields filter final first flatten following for format',
  'from full function generator glob global group grouping groups having identifier ignore ilike in include inner intersect',
  'interval into is isnull join json key lambda last lateral leading left like limit list local localtime localtimestamp',
  'lock map match match_condition match_recognize matches materialized measures minus model month name natural next no',
  'nocycle not notnull null nulls object of offset offsets omit on one only open option or order ordinality others outer',
  'over overflow overlay partition past pattern percent per permute pivot placing position positional preceding',
  'precision prior qualify quarter range recursive regexp rename repeatable replace reservoir respect returning right',
  'rlike rollup row rows running sample seed select semi separator set sets share show similar skip some start statement',
  'stream struct subset substring substr summarize symmetric asymmetric system table tables tablesample then ties time',
  'timestamp to top trailing trim true truncate try_cast unbounded union unique unknown unmatched unnest unpivot',
  'update using value values variadic varying view wait nowait skip_locked when where window with within without',
  'wildcard without_array_wrapper xmlelement xor year years zone positional describe information timestamp_ltz',
  'timestamp_ntz timestamp_tz timestamptz datetime blob bytea bool boolean varchar text string number numeric decimal int',
  'integer bigint smallint tinyint float real binary varbinary variant nchar national bit uuid geography geometry vector',
  'hour minute second week days hours minutes seconds weeks months quarters century decade millennium millisecond',
  'milliseconds microsecond microseconds epoch dow doy quarters centuries decades millennia if within_group show_ref',
  'matched date_part semantic_view metrics dimensions facts fn columns unpack try show attribute ordered append_only array_agg glob grouping_id coalesce nullif treat escape none',
  // Words that are here only because a dialect has rules for them.
  'abort absolute access account action add admin aggregate also alter always analyse analyze assertion assignment attribute',
  'authorization backward begin cache call called cascade cascaded catalog centuries chain characteristics check checkpoint',
  'class close cluster collation column comment comments commit committed compression concurrently configuration conflict',
  'connection constraint constraints content continue conversion copy cost create csv cycle data database deallocate dec',
  'declare defaults deferrable deferred definer delete delimiter delimiters depends detach dictionary disable discard do',
  'document domain drop div each enable encoding encrypted enum error event excluding exclusive execute explain export',
  'export_state extension extensions external family force foreign forward freeze functions generated grant granted gscluster',
  'handler header hold identity immediate immutable implicit import including increment index indexes inherit inherits',
  'initially inline inout input insensitive insert install instead invoker isolation issue label language large leakproof',
  'level listen load location locked logged macro mapping maxvalue merge method minvalue mode move names new nothing notify',
  'off oids old operator options organization out overlaps overriding owned owner parallel parser partial partitioned passing',
  'password persistent pivot_longer pivot_wider plans policy pragma prepare prepared preserve primary privileges procedural',
  'procedure program publication quote read reassign recheck ref references referencing refresh reindex relative release',
  'replica reset restart restrict returns revoke role rollback rule savepoint schema schemas scope scroll search secret',
  'security sequence sequences serializable server session setof simple snapshot sorted source sql stable standalone',
  'statistics stdin stdout storage stored strict strip subscription sysid tablespace target temp template temporary transaction',
  'transform trigger trusted type types uncommitted unencrypted unlisten unlogged until user vacuum valid validate validator',
  'variable verbose version views virtual volatile whenever whitespace work wrapper write xml xmlattributes xmlconcat',
  'current_user current_role current_schema current_catalog session_user sysdate horizontal',
  'xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable yes',
] as const;

type Split<Text extends string> = Text extends `${infer First} ${infer Rest}` ? First | Split<Rest> : Text;

/** A word that the grammar knows. */
export type Word = Split<(typeof queryWords)[number]> | StatementWord;
