import { type Diagnostic, type DocNode, error } from '../../core/index.ts';
import type { LoadedFile } from '../files/load-files.ts';

/** The docs blocks of all files; two of one name in a package are an error. */
export function docNodes(files: readonly LoadedFile[], report: (diagnostic: Diagnostic) => void): Map<string, DocNode> {
  const docs = new Map<string, DocNode>();
  for (const { found, record } of files) {
    if (record.facts.kind !== 'docs') continue;
    for (const { name, contents, start, end } of record.facts.blocks) {
      const node: DocNode = {
        resource_type: 'doc',
        unique_id: `doc.${found.packageName}.${name}`,
        name,
        package_name: found.packageName,
        path: found.relativePath,
        original_file_path: found.path,
        block_contents: contents,
        span: { file: found.file, start, end },
      };
      const first = docs.get(node.unique_id);
      if (first === undefined) docs.set(node.unique_id, node);
      else {
        const notes = [{ message: 'the other is here', span: first.span }];
        report(error('parse/duplicate-doc', `The docs block '${name}' is there twice`, { span: node.span, notes }));
      }
    }
  }
  return docs;
}
