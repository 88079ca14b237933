import { dirname } from 'node:path';
import { initialOf } from '../../1-parse/index.ts';
import { type CodeNode, type ModelNode, type NodeConfig, type UnitTestNode, unitTestName } from '../../core/index.ts';

interface TestAsNode extends CodeNode {
  readonly resource_type: 'unit_test';
  readonly tested_node_unique_id: string;
}

/**
 * What a model's template sees as its node in a unit test: as in dbt the test, so that it can tell
 * (`model.resource_type == 'unit_test'`), and nothing of what is said of the model. Its settings are not there either.
 */
export function testAsNode(test: UnitTestNode, model: ModelNode): TestAsNode {
  const name = unitTestName(test);
  const { package_name, database, schema, language, refs, sources, metrics, depends_on, functions, created_at } = model;
  return {
    database,
    schema,
    name,
    resource_type: 'unit_test',
    package_name,
    path: `${dirname(test.original_file_path)}/${name}.sql`,
    original_file_path: test.original_file_path,
    unique_id: test.unique_id,
    fqn: test.unique_id.split('.'),
    alias: name,
    checksum: { name: 'none', checksum: '' },
    config: { ...initialOf('node'), materialized: 'unit' } as NodeConfig,
    tags: [],
    description: '',
    columns: {},
    meta: {},
    group: null,
    docs: { show: true, node_color: null },
    patch_path: null,
    unrendered_config: {},
    created_at,
    relation_name: null,
    get raw_code() {
      return model.raw_code;
    },
    doc_blocks: [],
    language,
    refs,
    sources,
    metrics,
    functions,
    depends_on,
    contract: { enforced: false, alias_types: true, checksum: null },
    tested_node_unique_id: model.unique_id,
    origin: test.origin,
  };
}
