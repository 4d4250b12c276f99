// What the measurements need of the machine: processes, ports, folders, and a practice with twenty posts.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, watch } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const Sqlite = createRequire(path.join(process.env.BENCH_PEERS, 'package.json'))('better-sqlite3');

export const BEDSIDE = path.join(process.env.BENCH_RELEASE, 'bedside');
export const PEERS = path.join(process.env.BENCH_PROJECT, 'bench', 'peers');
/** Posts on the page that is measured. */
export const POSTS = 20;

export class World {
  #started = [];
  #folders = [];

  folder() {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'bedside-bench-'));
    this.#folders.push(folder);
    return folder;
  }

  /** Starts a process that ends with the world. What it says goes into a file: reading it here would cost processor time that counts against it. */
  start(command, ...words) {
    const log = path.join(this.folder(), 'log');
    const file = openSync(log, 'a');
    const child = spawn(command, words, { stdio: ['ignore', file, file] });
    closeSync(file);
    let failure = '';
    Object.defineProperty(child, 'said', { get: () => readFileSync(log, 'utf8') + failure });
    child.log = log;
    child.over = new Promise((resolve) => child.once('close', resolve));
    child.once('error', (error) => (failure = error.message));
    this.#started.push(child);
    return child;
  }

  async stop(child) {
    child.kill('SIGTERM');
    const insist = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await child.over;
    clearTimeout(insist);
    this.#started = this.#started.filter((other) => other !== child);
  }

  /** Bedside on a data folder. */
  async bedside(data) {
    const port = await freePort();
    const child = this.start(BEDSIDE, 'serve', '--data', data, '--listen', `127.0.0.1:${port}`);
    const url = `http://127.0.0.1:${port}`;
    await answers(`${url}/healthz`, child);
    return { child, url, port };
  }

  /** A data folder with a practice and its posts. `page` is the path of the list of posts. */
  async practice() {
    const data = this.folder();
    const { child, url } = await this.bedside(data);
    const link = await says(child, /http\S+\/set-up\/[0-9a-f]+\s/);
    const form = new URLSearchParams({
      name: 'Cedar Hollow Family Medicine', specialty: 'family medicine', address: '218 Mill Street, Maple Falls, OR 97999',
      city: 'Maple Falls', county: 'Linn County', state: 'Oregon', time_zone: 'America/Los_Angeles', languages: 'en es',
      phones: '(541) 555-0142', emails: 'hello@cedarhollow.example', owner_name: 'Maria Alvarez', owner_credentials: 'MD',
      owner_signs: 'yes', email: 'maria@cedarhollow.example', password: 'a quiet waiting room', rows: '0',
    });
    const answer = await fetch(link, { method: 'POST', body: form, redirect: 'manual', headers: { origin: url } });
    if (answer.status !== 303) throw new Error(`the practice was not set up: ${answer.status}\n${await answer.text()}`);
    const home = (await fetch(url, { redirect: 'manual' })).headers.get('location');
    await this.stop(child);
    writePosts(path.join(data, 'bedside.db'));
    return { data, home, page: `${home}/posts`, database: path.join(data, 'bedside.db') };
  }

  async end() {
    await Promise.all(this.#started.map((child) => this.stop(child)));
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true });
  }
}

/** Posts of about 150 characters, put into the table directly: measured is the reading, not the writing. */
function writePosts(file) {
  const database = new Sqlite(file);
  const { id } = database.prepare('SELECT id FROM practices').get();
  const insert = database.prepare(
    `INSERT INTO pages (practice_id, id, kind, slug, code, lang, title, text, spanish_title, spanish_text, pictures, sources,
     signed_by, challenge_id, challenge, starts_on, published_at)
     VALUES (?, ?, 'post', ?, ?, 'en', ?, ?, '', '', '[]', '[]', 'Maria Alvarez, MD', '', '', '', ?)`,
  );
  const start = Date.UTC(2026, 0, 5, 17) * 1000;
  database.transaction(() => {
    for (let n = 0; n < POSTS; n += 1) {
      const code = n.toString(16).padStart(8, '0');
      const text = 'Flu shots are here. Walk in any weekday between 9 am and 4 pm, no appointment needed. Ask our nurses which one suits you.';
      insert.run(id, `page-${n}`, `flu-shots-${code}`, code, `Flu shots, week ${n + 1}`, text, start + n * 86_400_000_000);
    }
    database.prepare('INSERT INTO page_editions (practice_id, number) VALUES (?, 1) ON CONFLICT (practice_id) DO UPDATE SET number = number + 1').run(id);
  })();
  database.close();
}

/** What a process prints, as soon as it prints it. */
async function says(child, words) {
  const watcher = watch(child.log);
  while (!words.test(child.said)) {
    await Promise.race([once(watcher, 'change'), child.over]);
    if (child.exitCode !== null) throw new Error(`it ended by itself:\n${child.said}`);
  }
  watcher.close();
  return child.said.match(words)[0].trim();
}

/** Answered with 200, asked again every two milliseconds until then. */
export async function answers(url, child) {
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`it ended by itself:\n${child.said}`);
    if ((await status(url)) === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error(`no answer from ${url}:\n${child.said}`);
}

function status(url) {
  return new Promise((resolve) => {
    const asked = http.get(url, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode));
    });
    asked.once('error', () => resolve(0));
  });
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Requests a second, 32 connections on loopback, and the slowest of a hundred in milliseconds. */
export async function load(url, seconds) {
  const { stdout } = await run('wrk', ['-t1', '-c32', `-d${seconds}s`, '--latency', url]);
  const wrong = stdout.match(/Non-2xx or 3xx responses: (\d+)|Socket errors: .*/);
  if (wrong) throw new Error(`${url}: ${wrong[0]}`);
  return Number(stdout.match(/Requests\/sec:\s+([\d.]+)/)[1]);
}

/** Resident memory of a process in MB: now, or the most it ever had. */
export function memory(child, field = 'VmRSS') {
  const line = readFileSync(`/proc/${child.pid}/status`, 'utf8').match(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm'));
  return Number(line[1]) / 1000;
}

/** Runs a command to its end: its output, and seconds of wall and processor time. */
export async function timed(command, words, { input, env } = {}) {
  const script = `TIMEFORMAT='%R %U %S'; time "$@" ${input ? `<'${input}'` : ''}`;
  const { stdout, stderr } = await run('bash', ['-c', script, 'timed', command, ...words], {
    maxBuffer: 2 ** 28, env: { ...process.env, ...env },
  });
  const [wall, user, system] = stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return { stdout, wall, cpu: user + system };
}

export { run };
