// Resident memory of the one process: idle, and under load.

import path from 'node:path';

import { median, peerVersion, rounds, spread, verdict, write } from '../rounds.mjs';
import { PEERS, answers, freePort, load, memory } from '../world.mjs';

/** MB. */
const IDLE = 64;
const LOADED = 160;
/** How long a process is left alone before its memory is read, in milliseconds. */
const REST = 3000;
const SECONDS = 4;

export default async function weigh({ world, count, before, tell }) {
  const practice = await world.practice();
  const rest = () => new Promise((resolve) => setTimeout(resolve, REST));
  const weigh = async (child, pages) => {
    await rest();
    const idle = memory(child);
    for (const page of pages) await load(page, SECONDS);
    const loaded = memory(child, 'VmHWM');
    await world.stop(child);
    return { idle, loaded };
  };
  const figures = await rounds(count, {
    Bedside: async () => {
      const { child, url } = await world.bedside(practice.data);
      await fetch(url + practice.page);
      return weigh(child, [url + practice.home, url + practice.page, `${url}/sign-in`, `${url}${practice.home}/card.png`]);
    },
    Fastify: async () => {
      const port = await freePort();
      const child = world.start(process.execPath, path.join(PEERS, 'fastify.cjs'), String(port), practice.database);
      const page = `http://127.0.0.1:${port}${practice.page}`;
      await answers(page, child);
      return weigh(child, [page]);
    },
  }, tell);

  const of = (name, what) => figures[name].map((figure) => figure[what]);
  write('memory', 'Resident memory', before, [
    `Release build, SQLite, one process. Idle: ${REST / 1000} s after one page. Under load: the most that the process ever had (VmHWM) after`,
    `${SECONDS} s each of the own page, its list of posts, its picture and the sign-in page, 32 connections. ${peerVersion('fastify')} for orientation. ${count} rounds.`,
    '',
    '| | idle, MB: median (range) | under load, MB |',
    '|---|---|---|',
    ...Object.keys(figures).map((name) => `| ${name} | ${spread(of(name, 'idle'))} | ${spread(of(name, 'loaded'))} |`),
    '',
    `- Goal idle, MB, ${verdict(median(of('Bedside', 'idle')), IDLE, false)}`,
    `- Goal under load, MB, ${verdict(median(of('Bedside', 'loaded')), LOADED, false)}`,
  ]);
}
