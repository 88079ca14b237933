import { createHash } from 'node:crypto';
import type { TemplateFunction } from '../core/index.ts';
import { bindArguments, hostFunction, str, type Value } from '../jinja/index.ts';

const create = (): Value =>
  hostFunction('local_md5', (args, kwargs) => {
    const [text] = bindArguments('local_md5', ['value'], args, kwargs);
    return createHash('md5')
      .update(str(text ?? null))
      .digest('hex');
  });

/** `local_md5(text)`: the MD5 hash of a text, computed here and not in the warehouse. */
const localMd5: TemplateFunction = { name: 'local_md5', create, createForYaml: create };
export default localMd5;
