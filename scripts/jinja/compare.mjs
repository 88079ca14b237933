// The counterpart of compare.py, which starts it: node compare.mjs <engine> <tasks.json> <answers.json>

import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [engine, tasksPath, answersPath] = process.argv.slice(2);
const jinja = await import(pathToFileURL(engine).href);
const { execute, files } = JSON.parse(readFileSync(tasksPath, 'utf8'));
const { Dict, HostObject, hostFunction, makeMacro, parseTemplate, renderTemplate, str } = jinja;
const MACRO_KINDS = new Set(['macro', 'test', 'materialization']);

/** A value of which nothing is known but how it was made; as in compare.py. */
class Stub extends HostObject {
  constructor(name) {
    super();
    this.name = name;
  }
  get typeName() {
    return 'Stub';
  }
  get callable() {
    return true;
  }
  getAttribute(name) {
    const hidden = ['_', 'jinja_', 'unsafe_callable', 'alters_data', 'contextfunction', 'environmentfunction'];
    return hidden.some((prefix) => name.startsWith(prefix)) ? undefined : new Stub(`${this.name}.${name}`);
  }
  getItem(key) {
    return new Stub(`${this.name}[${str(key)}]`);
  }
  getSlice(from, to, step) {
    return new Stub(`${this.name}[slice(${[from, to, step].map(str).join(', ')})]`);
  }
  call(args, kwargs) {
    const given = args.map(str);
    for (const [key, value] of kwargs) if (key !== 'caller') given.push(`${key}=${str(value)}`);
    return new Stub(`${this.name}(${given.join(', ')})`);
  }
  repr() {
    return this.name;
  }
  iterate() {
    return [];
  }
  length() {
    return 0;
  }
  truthy() {
    return true;
  }
  operate(operator, other, reflected) {
    if (operator !== '+') return undefined;
    return reflected ? str(other) + this.name : this.name + str(other);
  }
  equals(other) {
    return other instanceof Stub && other.name === this.name;
  }
  hashKey() {
    return `stub ${this.name}`;
  }
}

class Config extends HostObject {
  repr() {
    return '<config>';
  }
  get callable() {
    return true;
  }
  call() {
    return '';
  }
  getAttribute(name) {
    switch (name) {
      case 'get':
        return hostFunction('get', (args, kwargs) => args[1] ?? kwargs.get('default') ?? null);
      case 'require':
        return hostFunction('require', (args) => new Stub(`config.${str(args[0])}`));
      case 'set':
        return hostFunction('set', () => '');
      case 'persist_relation_docs':
      case 'persist_column_docs':
        return hostFunction(name, () => false);
      default:
        return undefined;
    }
  }
}

class Adapter extends Stub {
  constructor(names) {
    super('adapter');
    this.names = names;
  }
  getAttribute(name) {
    if (name !== 'dispatch') return super.getAttribute(name);
    return hostFunction('dispatch', (args, kwargs) => {
      const wanted = str(args[0] ?? kwargs.get('macro_name'));
      return this.names.get(`default__${wanted}`) ?? new Stub(`dispatch(${wanted})`);
    });
  }
}

function orStub(kind) {
  return hostFunction(kind, (args, kwargs) => args[1] ?? kwargs.get('default') ?? new Stub(`${kind}(${str(args[0])})`));
}

function stubContext() {
  const names = new Map([
    ['config', new Config()],
    ['execute', execute],
    ['var', orStub('var')],
    ['env_var', orStub('env_var')],
    ['log', hostFunction('log', () => '')],
    ['print', hostFunction('print', () => '')],
  ]);
  const stubs =
    'ref source this model target graph api modules exceptions flags builtins context load_result store_result ' +
    'store_raw_result load_agate_table invocation_id run_started_at dbt_version selected_resources fromjson ' +
    'tojson fromyaml toyaml local_md5 zip set sql pre_hooks post_hooks database schema node column_name ' +
    'diff_of_two_dicts set_strict zip_strict statement_result py_current_timestring submit_python_job defer_relation';
  for (const name of stubs.split(' ')) names.set(name, new Stub(name));
  names.set('adapter', new Adapter(names));
  return names;
}

function attempt(run) {
  try {
    return { out: str(run()) };
  } catch (error) {
    if (!(error instanceof jinja.TemplateError)) throw error;
    return { error: error.errorClass, message: error.format() };
  }
}

const names = stubContext();
const results = {};
const targets = [];
const unlike = [];
let parsed = 0;

function parse(file, text) {
  const template = parseTemplate(text, { file: file.name });
  parsed++;
  return template;
}

for (const file of files.filter(({ role }) => role === 'macros')) {
  let blocks;
  try {
    blocks = parse(file, file.text).blocks.filter(({ kind }) => MACRO_KINDS.has(kind));
  } catch (error) {
    results[file.name] = { error: error.errorClass, message: error.format() };
    continue;
  }
  for (const block of blocks) {
    const macro = makeMacro(block);
    const namespace = names.get(file.package) ?? new Dict();
    if (!(namespace instanceof Dict)) continue;
    names.set(file.package, namespace);
    if (!namespace.has(block.fullName)) namespace.set(block.fullName, macro);
    if (!names.has(block.fullName)) names.set(block.fullName, macro);
    targets.push([`${file.name}#${block.fullName}`, macro, block]);
  }
}

/** Whether the segments cover the output without a gap, and those of text are exact. */
function mapHolds(source, text, segments) {
  let end = 0;
  for (const segment of segments) {
    if (segment.outStart !== end) return false;
    end = segment.outEnd;
    const written = source.slice(segment.start, segment.end).replace(/\r\n?/g, '\n');
    if (segment.kind === 'text' && written !== text.slice(segment.outStart, end)) return false;
  }
  return end === text.length;
}

for (const file of files.filter(({ role }) => role !== 'macros')) {
  let bodies = [file.text];
  if (file.role === 'snapshots' && /\{%-?\s*snapshot/.test(file.text)) {
    try {
      const blocks = parse(file, file.text).blocks.filter(({ kind }) => kind === 'snapshot');
      bodies = blocks.map((block) => jinja.definitionBody(block).text);
    } catch (error) {
      results[file.name] = { error: error.errorClass, message: error.format() };
      continue;
    }
  }
  for (const [index, body] of bodies.entries()) {
    const options = { scope: names, random: Math.random };
    const name = `${file.name}@${index}`;
    results[name] = attempt(() => renderTemplate(parse(file, body.trim()), options));
    if (results[name].out === undefined) continue;
    const template = parseTemplate(body.trim(), { file: file.name });
    const { text, segments } = jinja.renderMapped(template, options);
    const waited = await jinja.renderTemplateAsync(template, options);
    if (text !== results[name].out || waited !== text || !mapHolds(template.source.text, text, segments))
      unlike.push(name);
  }
}

for (const [name, macro, block] of targets) {
  const args = block.arguments
    .filter(({ hasDefault }) => !hasDefault)
    .map((argument) => new Stub(`<${argument.name}>`));
  results[name] = attempt(() => jinja.callMacro(macro, args, { scope: names, random: Math.random }));
}

writeFileSync(answersPath, JSON.stringify({ parsed, unlike, results }));
