import type { FunctionFamily } from '../../../types/index.ts';

/** Strings, binaries, hashes, regular expressions, encryption. */
export const strings: readonly FunctionFamily[] = [
  {
    kind: 'scalar',
    nulls: 'any',
    lines: `
ascii, unicode (string) number
base64_decode_binary (text, text?) binary
base64_decode_string (text, text?) varchar
base64_encode (string, integer?, text?) varchar
bit_length, length, len, octet_length (string) number(18,0)
char, chr (integer) varchar
charindex, position (string, string, integer?) number
collate (text, text) varchar
collation (text) varchar ; maybe
compress (string, text) binary
concat (any+) =concat
concat_ws (string, any+) =concat
contains, endswith, startswith (string, string) boolean
decompress_binary (binary, text) binary
decompress_string (binary, text) varchar
editdistance (text, text, integer?) number
hex_decode_binary (text) binary
hex_decode_string (text) varchar
hex_encode (string, integer?) varchar
ilike, like (text, text, text?) boolean
initcap (text, text?) varchar
insert (string, integer, integer, string) =text
jarowinkler_similarity (text, text) number
left, right (string, integer) =text
lower, upper (text) =text
lpad, rpad (string, integer, string?) =text
ltrim, rtrim, trim (text, text?) =text
rtrimmed_length (text) number
parse_ip (text, text, integer?) variant ; maybe
parse_url (text, integer?) variant ; maybe
repeat (string, integer) =text
replace (string, string, string?) varchar
reverse (string) =text
soundex, soundex_p123 (text) varchar
space (integer) varchar
split (text, text) array
split_part (text, text, integer) varchar
strtok (text, text?, integer?) varchar ; maybe
strtok_to_array (text, text?) array
substr, substring (string, integer, integer?) =text
translate (text, text, text) varchar
sys_connect_by_path (any, text) varchar
regexp, regexp_like, rlike (text, text, text?) boolean
regexp_count (text, text, integer?, text?) number
regexp_instr (text, text, integer?, integer?, integer?, text?, integer?) number
regexp_replace (text, text, text?, integer?, integer?, text?) varchar
regexp_substr (text, text, integer?, integer?, text?, integer?) varchar ; maybe
regexp_substr_all, regexp_extract_all (text, text, integer?, integer?, text?, integer?) array ; maybe
search (any, any, any*) boolean ; maybe
search_ip (any, any, any*) boolean ; maybe
md5, md5_hex, sha1, sha1_hex (string) varchar
md5_binary, sha1_binary (string) binary
md5_number (string) number
md5_number_lower64, md5_number_upper64 (string) number
sha2, sha2_hex (string, integer?) varchar
sha2_binary (string, integer?) binary
hash (any+) number(19,0) ; never
encrypt (string, string, string?, text?) binary
encrypt_raw (binary, binary, binary, binary?, text?) variant
decrypt (binary, string, string?, text?) binary
decrypt_raw (binary, binary, binary, binary?, text?, binary?) binary
try_base64_decode_binary (text, text?) binary ; maybe
try_base64_decode_string (text, text?) varchar ; maybe
try_hex_decode_binary (text) binary ; maybe
try_hex_decode_string (text) varchar ; maybe
try_decrypt (binary, string, string?, text?) binary ; maybe
try_decrypt_raw (binary, binary, binary, binary?, text?, binary?) binary ; maybe
`,
  },
  {
    kind: 'scalar',
    nulls: 'maybe',
    lines: `
ai_classify, ai_complete, ai_count_tokens, ai_embed, ai_extract, ai_filter, ai_function_evaluation (any*) ? ; volatile
ai_function_optimization, ai_multi_embed, ai_parse_document, ai_redact, ai_sentiment, ai_similarity (any*) ? ; volatile
ai_summarize, ai_transcribe, ai_translate, prompt (any*) ? ; volatile
application_json, email_integration_config, sanitize_webhook_content (any*) ?
integration, text_html, text_plain (any*) ?
build_scoped_file_url, build_stage_file_url, get_absolute_path, get_presigned_url, get_relative_path (any*) varchar ; stable
get_stage_location (any) varchar ; stable
fl_get_content_type, fl_get_etag, fl_get_file_type, fl_get_last_modified, fl_get_relative_path (any) ?
fl_get_scoped_file_url, fl_get_size, fl_get_stage, fl_get_stage_file_url (any) ?
fl_is_audio, fl_is_compressed, fl_is_document, fl_is_image, fl_is_video (any) boolean
to_file, try_to_file (any*) file
`,
  },
];
