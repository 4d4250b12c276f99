// The own page read from the database at each request, beside Fastify with better-sqlite3 on the same file.

import path from 'node:path';

import { median, peerVersion, quotients, rounds, spread, verdict, write } from '../rounds.mjs';
import { PEERS, answers, freePort, load } from '../world.mjs';

const GOAL = 0.8;
const SECONDS = 4;

export default async function database({ world, count, before, tell }) {
  const practice = await world.practice();
  const [port, theirPort] = [await freePort(), await freePort()];
  const ours = `http://127.0.0.1:${port}${practice.page}`;
  const theirs = `http://127.0.0.1:${theirPort}${practice.page}`;
  const program = path.join(process.env.BENCH_RELEASE, 'examples', 'from_database');
  await answers(ours, world.start(program, practice.data, `127.0.0.1:${port}`));
  await answers(theirs, world.start(process.execPath, path.join(PEERS, 'fastify.cjs'), String(theirPort), practice.database));
  const bytes = async (url) => (await (await fetch(url)).arrayBuffer()).byteLength;

  await Promise.all([load(ours, 1), load(theirs, 1)]);
  const figures = await rounds(count, { Bedside: () => load(ours, SECONDS), Fastify: () => load(theirs, SECONDS) }, tell);
  const share = quotients(figures.Bedside, figures.Fastify);
  write('database', 'Own page read from the database at each request', before, [
    `The list of twenty posts (Bedside ${await bytes(ours)} bytes, Fastify's plain page ${await bytes(theirs)}), the same SQLite file, 32 connections on`,
    `loopback, ${SECONDS} s a round, ${count} rounds. The load generator shares the cores. ${peerVersion('fastify')}, ${peerVersion('better-sqlite3')}, Node ${process.version}, one process.`,
    'Bedside runs as `crates/hub/examples/from_database.rs`: its own routes, pages and frame with nothing kept in memory. Better-sqlite3 reads inside',
    "Node's one thread; Bedside reads through a pool with four connections.",
    '',
    '| | requests a second: median (range) |',
    '|---|---|',
    ...Object.entries(figures).map(([name, values]) => `| ${name} | ${spread(values)} |`),
    '',
    `**Bedside serves ${spread(share)} of what Fastify serves**, round by round.`,
    '',
    `- Goal, share of Fastify, ${verdict(median(share), GOAL, true)}`,
  ]);
}
