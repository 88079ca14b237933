// Puts an empty Snowflake account in the place of the network, for Ingot: NODE_OPTIONS=--import=<this file>.
import nodeModule from 'node:module';
import driver from './driver.mjs';

const load = nodeModule._load;
nodeModule._load = (name, ...rest) => (name === 'snowflake-sdk' ? driver : load(name, ...rest));
