import type { TemplateFunction } from '../core/index.ts';
import { hostFunction, str, TemplateError } from '../jinja/index.ts';

/** `doc('name')`, `doc('package', 'name')`: the text of a docs block. */
const doc: TemplateFunction = {
  name: 'doc',
  create: (rendering) =>
    hostFunction('doc', (args, _, site) => {
      const [first, second] = args;
      if (first === undefined || args.length > 2) {
        throw new TemplateError(`doc() takes a name, or a package and a name; it was given ${args.length} arguments`);
      }
      return second === undefined
        ? rendering.doc(undefined, str(first), site)
        : rendering.doc(str(first), str(second), site);
    }),
};
export default doc;
