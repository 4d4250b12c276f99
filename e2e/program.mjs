// The built Bedside program, started on a folder and a free port of its own.
//
// BEDSIDE_BIN names the program (default: target/release/bedside). Readiness is what /healthz says, the one-time
// set-up link is what the program prints.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const STARTS_WITHIN_MS = 30_000;
const STOPS_WITHIN_MS = 15_000;
const BETWEEN_PROBES_MS = 50;

export const repository = path.resolve(import.meta.dirname, '..');

/** The program that is tested. */
export const bedside = path.resolve(process.env.BEDSIDE_BIN ?? path.join(repository, 'target/release/bedside'));

/**
 * Starts `bedside serve` and returns once it is healthy.
 * @param {{bin?: string, command?: string, data?: string, port?: number, args?: string[], env?: Record<string, string>}} [wish]
 *   command: another one than `serve`; data: a folder from an earlier start, which is then kept; args: further words of the command line
 */
export async function startBedside(wish = {}) {
  const bin = wish.bin ? path.resolve(wish.bin) : bedside;
  // Started where a person would start it, so that pages and pictures name the folder as theirs do: data.
  const home = await mkdtemp(path.join(tmpdir(), 'bedside-e2e-'));
  const data = wish.data ?? path.join(home, 'data');
  const port = wish.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const command = wish.command ?? 'serve';
  const folder = command === 'demo' ? [] : ['--data', wish.data ?? 'data']; // the example practice makes its own, and takes it away
  const args = [command, ...folder, '--listen', `127.0.0.1:${port}`, ...(wish.args ?? [])];
  const child = spawn(bin, args, { cwd: home, env: { ...environment(), ...wish.env }, stdio: ['ignore', 'pipe', 'pipe'] });

  let said = '';
  let logged = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (said += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (logged += text));
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`ended with ${signal ?? code}`));
  });

  const program = {
    url,
    data,
    port,
    pid: child.pid,
    /** Tells how it ended, once it did. */
    ended,
    /** Everything it printed and logged so far. */
    output: () => `${said}\n${logged}`,
    /** The one-time set-up link, or undefined where the practice is set up already. */
    setupLink: () => said.match(new RegExp(`http://[^\\s/]+:${port}/[^\\s"'<>]+`))?.[0],
    /** Asks it to stop, as an operator would; insists after a while. Removes a folder that was made here. */
    async stop() {
      await end(child, 'SIGTERM');
      await rm(home, { recursive: true, force: true });
    },
    /** Ends it as a power cut would. The data stays. */
    async kill() {
      await end(child, 'SIGKILL');
      if (wish.data) await rm(home, { recursive: true, force: true });
    },
  };

  // An empty folder has a set-up link, which is printed a moment after the program listens.
  const isReady = () => wish.data !== undefined || command !== 'serve' || program.setupLink() !== undefined;
  const outcome = await Promise.race([ended, healthy(url, isReady)]);
  if (outcome !== 'healthy') {
    await program.stop();
    throw new Error(`Bedside did not start (${outcome}): ${bin} ${args.join(' ')}\n${program.output().slice(-4000)}`);
  }
  return program;
}

/** A port on loopback that was free a moment ago. */
export async function freePort() {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

// Nothing of the person's own Bedside settings may reach the program under test.
function environment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('BEDSIDE_')));
}

async function healthy(url, isReady) {
  const until = Date.now() + STARTS_WITHIN_MS;
  while (Date.now() < until) {
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    if (answer?.ok && isReady()) return 'healthy';
    await pause(BETWEEN_PROBES_MS, undefined, { ref: false });
  }
  return `not healthy within ${STARTS_WITHIN_MS} ms`;
}

async function end(child, signal) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  const late = setTimeout(() => child.kill('SIGKILL'), STOPS_WITHIN_MS);
  await exited;
  clearTimeout(late);
}
