// From starting the program to its first page.

import path from 'node:path';

import { median, peerVersion, quotients, rounds, spread, verdict, write } from '../rounds.mjs';
import { BEDSIDE, PEERS, answers, freePort } from '../world.mjs';

/** Seconds. */
const GOAL = 0.3;

export default async function start({ world, count, before, tell }) {
  const practice = await world.practice();
  const bedside = async (data, page) => {
    const port = await freePort();
    const began = performance.now();
    const child = world.start(BEDSIDE, 'serve', '--data', data, '--listen', `127.0.0.1:${port}`);
    await answers(`http://127.0.0.1:${port}${page}`, child);
    const seconds = (performance.now() - began) / 1000;
    await world.stop(child);
    return seconds;
  };
  const figures = await rounds(Math.max(count, 11), {
    'Bedside, an installation with a practice': () => bedside(practice.data, practice.page),
    'Bedside, the very first start (makes key and tables)': () => bedside(path.join(world.folder(), 'data'), '/sign-in'),
    'Fastify with better-sqlite3, one page': async () => {
      const port = await freePort();
      const began = performance.now();
      const child = world.start(process.execPath, path.join(PEERS, 'fastify.cjs'), String(port), practice.database);
      await answers(`http://127.0.0.1:${port}${practice.page}`, child);
      const seconds = (performance.now() - began) / 1000;
      await world.stop(child);
      return seconds;
    },
  }, tell);

  const [ours, first, theirs] = Object.values(figures);
  write('start', 'From start to first page', before, [
    `Release build, SQLite. ${peerVersion('fastify')}, ${peerVersion('better-sqlite3')}, Node ${process.version}. ${ours.length} rounds.`,
    '',
    '| | seconds: median (range) |',
    '|---|---|',
    ...Object.entries(figures).map(([name, values]) => `| ${name} | ${spread(values)} |`),
    '',
    `Beside Fastify, round by round: ${spread(quotients(ours, theirs))} of its time.`,
    '',
    `- Goal for an installation with a practice, in seconds, ${verdict(median(ours), GOAL, false)}`,
    `- Goal for the very first start, in seconds, ${verdict(median(first), GOAL, false)}`,
  ]);
}
