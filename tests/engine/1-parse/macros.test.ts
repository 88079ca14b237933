import { describe, expect, test } from 'vitest';
import { findMacro, macroScope, macroSearchOrder } from '../../../src/1-parse/index.ts';
import { callMacro, HostObject, str, type Value } from '../../../src/jinja/index.ts';
import { type Files, parseFiles, told } from './project-on-disk.ts';

const tools: Files = {
  'dbt_packages/tools/dbt_project.yml': 'name: tools\n',
  'dbt_packages/tools/macros/all.sql':
    '{% macro who() %}tools{% endmacro %}{% macro only() %}only{% endmacro %}' +
    "{% macro pick() %}{{ return(adapter.dispatch('pick', 'tools')()) }}{% endmacro %}{% macro default__pick() %}default{% endmacro %}" +
    '{% macro testdb__pick() %}own{% endmacro %}',
  'dbt_packages/tools/models/t.sql': '{{ who() }}',
};

describe('macros', () => {
  test('are kept with their text, their kind and what they may call', () => {
    const { macros } = parseFiles({
      'macros/m.sql':
        '{% macro a(x) -%} {{ b(x) }} {{ tools.who() }} {{ tools.pick() }} {%- endmacro %}\n{% macro b(x) %}{{ x }}{% endmacro %}\n' +
        "{% materialization keep, adapter='testdb' %}{{ return({'relations': []}) }}{% endmaterialization %}\n" +
        "{% macro d() %}{{ adapter.dispatch('pick', 'tools')() }}{% endmacro %}",
      'tests/generic/g.sql': '{% test fresh(model) %}select 1{% endtest %}',
      ...tools,
    });
    expect(macros.get('macro.shop.a')).toMatchObject({
      macro_sql: '{% macro a(x) -%} {{ b(x) }} {{ tools.who() }} {{ tools.pick() }} {%- endmacro %}',
      depends_on: { macros: ['macro.shop.b', 'macro.tools.who', 'macro.tools.pick'] },
      path: 'macros/m.sql',
    });
    expect(macros.get('macro.shop.materialization_keep_testdb')?.supported_languages).toEqual(['sql']);
    expect(macros.get('macro.shop.d')?.depends_on.macros).toEqual(['macro.tools.testdb__pick']);
    expect(macros.get('macro.tools.pick')?.depends_on.macros).toEqual(['macro.tools.testdb__pick']);
    expect(macros.has('macro.shop.test_fresh')).toBe(true);
  });

  test('are found whatever stands around them, as long as it opens nothing: a block may be closed twice', () => {
    const macro = '{% macro a() %}one{% endmacro %}';
    const around = '{% https://example.org/issues/1 %}\n{# {% macro old() %}{% endmacro %} #} {{ }}\n';
    const { macros, diagnostics } = parseFiles({ 'macros/m.sql': `${around}${macro}{% endmacro %}\n{{ 1 + }}` });
    expect(diagnostics).toEqual([]);
    expect([...macros.keys()]).toEqual(['macro.shop.a']);
    expect(macros.get('macro.shop.a')?.macro_sql).toBe(macro);
    for (const broken of ['{% endif %}', '{% macro b() %}', '{% if x %}']) {
      const files = { 'macros/m.sql': `${macro}\n${broken}` };
      expect(parseFiles(files).diagnostics.map(({ code }) => code)).toEqual(['parse/template-syntax']);
    }
  });

  test('with validate_macro_args have the arguments of their definition, and are compared with what is described', () => {
    const files: Files = {
      'macros/m.sql':
        '{% macro a(x, y=1) %}{% endmacro %}{% macro b(x) %}{% endmacro %}{% macro c(x, y) %}{% endmacro %}',
      'macros/m.yml': `macros:
  - {name: a, arguments: [{name: x, type: "dict[string, list[int]]", description: of x}, {name: z, type: text}]}
  - {name: c, arguments: [{name: x}]}`,
    };
    const names = (project: ReturnType<typeof parseFiles>) =>
      ['a', 'b', 'c'].map((name) => project.macros.get(`macro.shop.${name}`)?.arguments.map((one) => one.name));
    const validated = parseFiles({
      ...files,
      'dbt_project.yml': 'name: shop\nprofile: shop\nflags: {validate_macro_args: true}\n',
    });
    expect(names(validated)).toEqual([['x', 'z'], ['x'], ['x']]);
    expect(validated.diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      "parse/macro-arguments The argument 'z' stands in another place, or has another name, in the macro 'a'",
      "parse/macro-arguments The type 'text' of 'z' is none that an argument of a macro can have",
      "parse/macro-arguments The macro 'c' takes 2 arguments, and 1 are described",
    ]);
    const plain = parseFiles(files);
    expect(names(plain)).toEqual([['x', 'z'], [], ['x']]);
    expect(plain.diagnostics).toEqual([]);
  });

  test('a name means the package’s own macro, then the root project’s; other packages’ need their name', () => {
    const project = parseFiles({
      'macros/m.sql': '{% macro who() %}shop{% endmacro %}{% macro root() %}root{% endmacro %}',
      ...tools,
    });
    const call = (packageName: string, name: string): string | undefined => {
      const [first = '', second] = name.split('.');
      const found: Value | undefined = macroScope(project, packageName)(first);
      const macro = second !== undefined && found instanceof HostObject ? found.getAttribute(second) : found;
      return macro === undefined ? undefined : str(callMacro(macro));
    };
    expect([call('shop', 'who'), call('tools', 'who'), call('tools', 'root')]).toEqual(['shop', 'tools', 'root']);
    expect([call('shop', 'only'), call('shop', 'tools.only'), call('shop', 'tools.root')]).toEqual([
      undefined,
      'only',
      undefined,
    ]);
    expect(findMacro(project, 'tools', 'only')?.unique_id).toBe('macro.tools.only');
    expect(findMacro(project, null, 'who', 'tools')?.unique_id).toBe('macro.tools.who');
  });

  test('a dispatch without namespace finds the implementation of any package', () => {
    const project = parseFiles({
      ...tools,
      'dbt_packages/tools/macros/all.sql':
        "{% test odd(model) %}{{ return(adapter.dispatch('test_odd')(model)) }}{% endtest %}" +
        "{% macro default__test_odd(model) %}{{ config(fail_calc='sum(x)') }}{% endmacro %}",
      'dbt_packages/tools/models/t.sql': 'select 1',
      'models/a.sql': 'select 1',
      'models/a.yml': 'models: [{name: a, data_tests: [tools.odd]}]',
    });
    expect(project.diagnostics).toEqual([]);
    const test = [...project.nodes.values()].find(({ resource_type: type }) => type === 'test');
    expect(test?.config.fail_calc).toBe('sum(x)');
    expect(macroSearchOrder(project, null)).toEqual([null, 'tools']);
  });

  test('a model depends on macros of dbt itself that it calls, by the names that dbt gives them', () => {
    const { nodes } = parseFiles({
      'macros/m.sql': '{% macro outer() %}{{ dbt.hash("x") }}{% endmacro %}',
      'models/a.sql': "select {{ concat(['a', 'b']) }}, {{ dbt.length('a') }}, {{ outer() }}, {{ target.name }}",
    });
    expect(nodes.get('model.shop.a')?.depends_on.macros).toEqual([
      'macro.dbt.concat',
      'macro.dbt.length',
      'macro.shop.outer',
    ]);
  });

  test('a model depends on the macros that it calls itself', () => {
    const { nodes } = parseFiles({
      'macros/m.sql': '{% macro outer() %}{{ inner() }}{% endmacro %}{% macro inner() %}{{ ref("a") }}{% endmacro %}',
      'models/a.sql': 'select 1',
      'models/b.sql': '{{ outer() }} {% if execute %}{{ inner() }}{% endif %}',
      ...tools,
    });
    expect(nodes.get('model.shop.b')).toMatchObject({
      refs: [{ name: 'a' }],
      depends_on: { macros: ['macro.shop.outer'] },
      origin: { refs: [{ file: 'macros/m.sql' }] },
    });
    expect(nodes.get('model.tools.t')?.depends_on.macros).toEqual(['macro.tools.who']);
  });

  test('a macro named ref takes the place of the function', () => {
    const { nodes } = parseFiles({
      'macros/ref.sql': "{% macro ref(name) %}{% do return(builtins.ref('prefix_' ~ name)) %}{% endmacro %}",
      'models/a.sql': "{{ ref('b') }}",
    });
    expect(nodes.get('model.shop.a')?.refs.map(({ name }) => name)).toEqual(['prefix_b']);
  });

  test('hooks count with the node that they belong to', () => {
    const { nodes } = parseFiles({
      'dbt_project.yml': 'name: shop\nprofile: shop\nmodels: {+post-hook: "{{ audit() }} {{ this }}"}\n',
      'macros/m.sql': "{% macro audit() %}insert into {{ ref('log') }}{% endmacro %}",
      'models/a.sql': 'select 1',
    });
    expect(nodes.get('model.shop.a')).toMatchObject({
      refs: [{ name: 'log' }],
      depends_on: { macros: ['macro.shop.audit'] },
    });
  });

  test('dispatch looks where the project file says', () => {
    const project = parseFiles({
      'dbt_project.yml':
        'name: shop\nprofile: shop\ndispatch: [{macro_namespace: tools, search_order: [shop, other, tools]}]\n',
      ...tools,
    });
    expect(macroSearchOrder(project, 'tools')).toEqual(['shop', 'other', 'tools']);
    expect(macroSearchOrder(project, 'unknown')).toEqual([null]);
    expect(macroSearchOrder(parseFiles(tools), 'tools')).toEqual(['shop', 'tools']);
  });

  test('two of one name, a broken one, and a mistake deep inside are told with their places', () => {
    const files = {
      'macros/a.sql': '{% macro twice() %}{% endmacro %}',
      'macros/b.sql': '\n{% macro twice() %}{% endmacro %}',
      'macros/c.sql': '{% macro broken() %}{{ 1 + }}{% endmacro %}',
      'macros/d.sql': '{% macro one() %}{{ two() }}{% endmacro %}\n{% macro two() %}\n{{ 1 / 0 }}{% endmacro %}',
      'models/m.sql': 'select {{ one() }}',
    };
    const { diagnostics } = parseFiles(files);
    expect(told(diagnostics, files)).toEqual([
      expect.stringMatching(/^parse\/template-syntax macros\/c\.sql:1:\d+ /),
      "parse/duplicate-macro macros/b.sql:2:1 The macro 'twice' is in package 'shop' twice",
      'parse/template-error macros/d.sql:3:4 division by zero',
    ]);
    expect(diagnostics.at(-1)?.notes?.map(({ message, span }) => [message, span?.file])).toEqual([
      ["in macro 'two', called at", 'macros/d.sql'],
      ["in macro 'one', called at", 'models/m.sql'],
    ]);
  });
});
