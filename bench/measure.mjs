// The list of measurements. Started by `bench/run`.

import os from 'node:os';

import { World } from './world.mjs';

const ALL = ['start', 'memory', 'cached', 'database', 'queue', 'guard'];

const words = process.argv.slice(2);
let count = 5;
const at = words.indexOf('--rounds');
if (at >= 0) {
  count = Number(words[at + 1]);
  words.splice(at, 2);
}
const chosen = words.length > 0 ? words : ALL;
const unknown = chosen.find((name) => ![...ALL, 'build'].includes(name));
if (unknown !== undefined || !(count >= 1)) {
  process.stderr.write(`there is no measurement '${unknown}': ${ALL.join(', ')}, build\n`);
  process.exit(2);
}

let failed = false;
for (const name of chosen) {
  const { default: measure } = await import(`./measures/${name}.mjs`);
  const world = new World();
  try {
    await measure({ world, count, before: os.loadavg()[0], tell: (line) => process.stderr.write(`${name}: ${line}\n`) });
  } catch (error) {
    failed = true;
    process.stderr.write(`${name} could not be measured: ${error.stack}\n`);
  } finally {
    await world.end();
  }
}
process.exit(failed ? 1 : 0);
