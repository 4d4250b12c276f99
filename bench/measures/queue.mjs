// How fast the engine drains due deliveries and how late they start, beside BullMQ on a Redis that writes every job down.

import path from 'node:path';

import { peerVersion, quotients, rounds, spread, write } from '../rounds.mjs';
import { PEERS, freePort, run } from '../world.mjs';

const JOBS = 20_000;
/** One falls due every 20 ms. */
const TIMED = 500;

export default async function queue({ world, count, before, tell }) {
  const port = await freePort();
  const folder = world.folder();
  world.start('redis-server', '--port', port, '--bind', '127.0.0.1', '--appendonly', 'yes', '--appendfsync', 'always', '--save', '', '--dir', folder);
  const json = async (command, ...words) => JSON.parse((await run(command, words.map(String))).stdout.trim().split('\n').at(-1));
  const drain = path.join(process.env.BENCH_RELEASE, 'examples', 'drain');
  const figures = await rounds(count, {
    Bedside: () => json(drain, world.folder(), JOBS, TIMED),
    BullMQ: () => json(process.execPath, path.join(PEERS, 'bullmq.cjs'), port, JOBS, TIMED),
  }, tell);

  const of = (name, what) => figures[name].map((figure) => figure[what]);
  const { stdout } = await run('redis-server', ['--version']);
  const columns = ['drain_per_s', 'late_p50_ms', 'late_p99_ms', 'late_max_ms'];
  const ratio = (what) => spread(quotients(of('Bedside', what), of('BullMQ', what)));
  write('queue', 'Draining and lateness of the delivery engine', before, [
    `${JOBS} deliveries that are due, then ${TIMED} that fall due one every 20 ms; ${count} rounds. Bedside: SQLite in a file with synchronous FULL, the real`,
    'engine with guard, claims, intents and answers (two commits for each delivery, in groups), and a network in the process that accepts at once',
    `(\`crates/publishing/examples/drain.rs\`). ${peerVersion('bullmq')} with ${stdout.match(/v=\S+/)[0].replace('v=', 'Redis ')}, appendonly with appendfsync always, concurrency 50, jobs that do nothing.`,
    'BullMQ writes to a second process over a socket, Bedside to a file of its own: a difference of design, said here.',
    '',
    '| | drained a second | lateness p50, ms | p99, ms | most, ms |',
    '|---|---|---|---|---|',
    ...Object.keys(figures).map((name) => `| ${name} | ${columns.map((what) => spread(of(name, what))).join(' | ')} |`),
    '',
    `**Bedside drains ${ratio('drain_per_s')} times as many a second; its lateness is ${ratio('late_p50_ms')} (p50) and ${ratio('late_p99_ms')} (p99) of BullMQ's**, round by round.`,
    '',
    'No goal is set here yet; these figures are the start.',
  ]);
}
