import type { TemplateFunction, YamlRendering } from '../core/index.ts';
import { Dict, type Value } from '../jinja/index.ts';
import config from './config.ts';
import envVar from './env_var.ts';
import log from './log.ts';
import ref from './ref.ts';
import source from './source.ts';
import target from './target.ts';
import thisRelation from './this.ts';
import tojson from './tojson.ts';
import varFunction from './var.ts';

const everywhere = [envVar, log, tojson, varFunction];
const inSql = [...everywhere, config, ref, source, target, thisRelation];

const createForYaml = (rendering: YamlRendering): Value =>
  Dict.of(everywhere.map((thing) => [thing.name, thing.createForYaml?.(rendering) ?? null]));

/** `builtins.ref(…)`: dbt's own functions, for a project that has macros of these names. */
const builtins: TemplateFunction = {
  name: 'builtins',
  create: (rendering) => Dict.of(inSql.map((thing) => [thing.name, thing.create(rendering)])),
  createForYaml,
};
export default builtins;
