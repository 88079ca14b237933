import type { TemplateFunction } from '../core/index.ts';
import {
  bindArguments,
  hasMarkup,
  hostFunction,
  parseTemplate,
  type Result,
  renderTemplate,
  renderTemplateAsync,
  str,
} from '../jinja/index.ts';

/** `render(text)`: a text as a template, with everything that this one can name. */
const render: TemplateFunction = {
  name: 'render',
  create: (rendering) =>
    hostFunction('render', (args, kwargs, site): Result => {
      const [given] = bindArguments('render', ['string'], args, kwargs);
      const text = str(given ?? null);
      if (!hasMarkup(text)) return text;
      const template = parseTemplate(text, { file: '<render>' });
      const options = { scope: rendering.scope };
      return site.mode === 'async' ? renderTemplateAsync(template, options) : renderTemplate(template, options);
    }),
};
export default render;
