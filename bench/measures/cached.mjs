// The own page from memory, beside nginx with a file of the same bytes.

import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { median, quotients, rounds, spread, verdict, write } from '../rounds.mjs';
import { PEERS, answers, freePort, load, run as execute } from '../world.mjs';

const GOAL = 0.85;
const SECONDS = 4;

export default async function cached({ world, count, before, tell }) {
  const practice = await world.practice();
  const { url } = await world.bedside(practice.data);
  const ours = url + practice.page;
  const page = Buffer.from(await (await fetch(ours)).arrayBuffer());

  const folder = world.folder();
  chmodSync(folder, 0o755); // nginx's workers are another user when it is started by root
  mkdirSync(path.join(folder, 'www', path.dirname(practice.page)), { recursive: true });
  writeFileSync(path.join(folder, 'www', practice.page), page);
  const port = await freePort();
  const settings = readFileSync(path.join(PEERS, 'nginx.conf'), 'utf8').replaceAll('@FOLDER@', folder).replaceAll('@PORT@', port);
  writeFileSync(path.join(folder, 'nginx.conf'), settings);
  const nginx = world.start('nginx', '-e', path.join(folder, 'nginx.log'), '-c', path.join(folder, 'nginx.conf'));
  const theirs = `http://127.0.0.1:${port}${practice.page}`;
  await answers(theirs, nginx);
  const same = Buffer.from(await (await fetch(theirs)).arrayBuffer());
  if (!same.equals(page)) throw new Error('nginx does not serve the same bytes');

  await Promise.all([load(ours, 1), load(theirs, 1)]);
  const figures = await rounds(count, { Bedside: () => load(ours, SECONDS), nginx: () => load(theirs, SECONDS) }, tell);
  const share = quotients(figures.Bedside, figures.nginx);
  const { stderr } = await execute('nginx', ['-v']);
  write('cached', 'Own page from memory', before, [
    `The list of ${page.length} bytes with twenty posts, 32 connections on loopback, ${SECONDS} s a round, ${count} rounds. The load generator shares the cores.`,
    `Beside ${stderr.trim().replace('nginx version: ', '')}, which serves the same bytes from a file. Both write a log line for each request into a file. Bedside adds its headers (policy, ETag, request number).`,
    '',
    '| | requests a second: median (range) |',
    '|---|---|',
    ...Object.entries(figures).map(([name, values]) => `| ${name} | ${spread(values)} |`),
    '',
    `**Bedside serves ${spread(share)} of what nginx serves**, round by round.`,
    '',
    `- Goal, share of nginx, ${verdict(median(share), GOAL, true)}`,
  ]);
}
