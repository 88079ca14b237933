// Puts an empty Snowflake account in the place of the network, for Ingot: NODE_OPTIONS=--import=<this file>.
import { register } from 'node:module';

const driver = new URL('driver.mjs', import.meta.url).href;
const hook = `export const resolve = (name, context, next) =>
  name === 'snowflake-sdk' ? { url: ${JSON.stringify(driver)}, shortCircuit: true } : next(name, context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
