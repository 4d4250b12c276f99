// The guard: every measure of its quality, and beside its peers on the same texts what all of them claim to do.
// The measures themselves are in crates/guard/examples/quality.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { gzipSync } from 'node:zlib';

import { load } from '../../crates/guard-wasm/package/index.js';
import { median, peerVersion, quotients, rounds, short, spread, verdict, write } from '../rounds.mjs';
import { PEERS, run as execute } from '../world.mjs';

const QUALITY = path.join(process.env.BENCH_RELEASE, 'examples', 'quality');
const PYTHON = path.join(process.env.BENCH_PYTHON, 'bin', 'python');
const KINDS = ['name', 'date', 'contact', 'id_number', 'location'];
/** How many times as many characters as the peer. */
const GOALS = { 'redact-pii': 3, scrubadub: 10, 'presidio-analyzer': 90 };
/** The most clean posts that may be flagged, in per cent. */
const MOST_FLAGGED = 2;

export default async function guard({ world, count, before, tell }) {
  const folder = world.folder();
  const [posts, labelled] = ['posts', 'labelled'].map((name) => path.join(folder, `${name}.jsonl`));
  tell('every measure of quality');
  const measures = JSON.parse(await output(QUALITY, ['--json']));
  await output(QUALITY, ['--write', posts, labelled]);
  const enter = (command, ...words) => async () => JSON.parse(await output(command, [...words, posts, labelled]));
  const contestants = {
    Bedside: enter(QUALITY, '--contestant'),
    'redact-pii': enter(process.execPath, path.join(PEERS, 'redact.cjs')),
    ...(hasPython() && {
      scrubadub: enter(PYTHON, '-B', path.join(PEERS, 'scrub.py')),
      'presidio-analyzer': enter(PYTHON, '-B', path.join(PEERS, 'presidio.py')),
    }),
  };
  // What is found is the same in every round: it is kept from the last one, and only the speed from each.
  const answers = {};
  const timedOnly = Object.entries(contestants).map(([name, contestant]) => [name, async () => {
    answers[name] = await contestant();
    return answers[name].characters / answers[name].seconds / 1e6;
  }]);
  const speeds = await rounds(count, Object.fromEntries(timedOnly), tell);
  write('guard', 'The guard', before, [
    ...table(measures),
    '',
    ...await inThePage(lines(posts)),
    '',
    ...beside(speeds, answers, { posts: lines(posts), labelled: lines(labelled) }, count),
  ]);
}

/** The same rules as WebAssembly: how long a look takes, and what a browser loads. */
async function inThePage(posts) {
  const wasm = readFileSync(path.join(process.env.BENCH_PROJECT, 'crates', 'guard-wasm', 'package', 'guard.wasm'));
  const guard = await load(wasm);
  const whole = posts.map(({ text }) => text).join(' ');
  const texts = Array.from({ length: 300 }, (_, at) => whole.slice(at * 3_000, (at + 1) * 3_000));
  const look = (text) => {
    const began = performance.now();
    guard.look(text, { context: 'post' });
    return performance.now() - began;
  };
  const first = look(texts[0]);
  texts.forEach(look);
  const times = texts.map((text) => median([look(text), look(text), look(text)])).sort((a, b) => a - b);
  const at = (share) => times[Math.floor(times.length * share)];
  const megabytes = gzipSync(wasm, { level: 9 }).length / 1e6;
  return [
    '## In the page',
    '',
    `crates/guard-wasm on Node ${process.version}, ${texts.length} texts of 3,000 characters, the median of three looks at each. The first look of all, which makes the tables: ${short(first)} ms.`,
    '',
    '| measure | figure | goal |',
    '|---|---|---|',
    `| time for 3,000 characters, WASM: p50 | ${short(at(0.5))} ms | |`,
    `| the same: p99 | ${short(at(0.99))} ms | ${verdict(at(0.99), 10, false)} |`,
    `| WASM with all data, gzip | ${short(megabytes)} MB | ${verdict(megabytes, 1.5, false)} |`,
  ];
}

const output = async (command, words) => (await execute(command, words, { maxBuffer: 2 ** 28 })).stdout;
const lines = (file) => readFileSync(file, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line));
const hasPython = () => existsSync(path.join(process.env.BENCH_PYTHON, 'complete'));

function table(measures) {
  const judged = measures.filter(({ reached }) => reached !== null);
  return [
    '## Every measure',
    '',
    'By `cargo run --release -p bedside-guard --example quality`; with `--misses NAME` it prints what a measure missed. A corpus that is absent counts as not measured.',
    '',
    '| name | measure | figure | target | |',
    '|---|---|---|---|---|',
    ...measures.map(({ name, what, figure, target, verdict: said }) => `| ${name} | ${what} | ${figure} | ${target} | ${said} |`),
    '',
    `${judged.filter(({ reached }) => reached).length} of ${judged.length} targets reached. By kind:`,
    '',
    ...measures.filter(({ kinds }) => Object.keys(kinds).length > 1).map(({ name, kinds }) => (
      `- ${name}: ${Object.entries(kinds).map(([kind, [part, whole]]) => `${kind} ${part}/${whole}`).join(', ')}`)),
  ];
}

function beside(speeds, answers, texts, count) {
  const flagged = Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, flags(answer, texts)]));
  const recalls = Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, recall(answer, texts.labelled)]));
  const peers = Object.keys(answers).filter((name) => name !== 'Bedside');
  const better = peers.every((name) => flagged.Bedside.clean < flagged[name].clean && recalls.Bedside.all[0] > recalls[name].all[0]);
  return [
    '## Beside its peers',
    '',
    `${texts.posts.length} posts cut from MedlinePlus, every fifth with a planted identifier; labelled are cases.jsonl and asq-phi (the half that may be learnt from), ${texts.labelled.length} texts. ${count} rounds, turn by turn; only the posts are timed, by the processor time of one core, loading apart.`,
    `Peers: ${versions(peers)}. presidio-analyzer runs with its **pattern recognisers only** and a blank tokenizer (no language model, so no names and no places), on every seventh post.`,
    ...(hasPython() ? [] : ['**presidio-analyzer and scrubadub are absent: this machine could not install them.**']),
    '',
    '| | million characters/s of one core: median (range) | Bedside is times as fast | goal |',
    '|---|---|---|---|',
    ...Object.entries(speeds).map(([name, values]) => {
      if (name === 'Bedside') return `| Bedside | ${spread(values)} | | ${verdict(median(values), 20, true)} |`;
      const times = quotients(speeds.Bedside, values);
      return `| ${name} | ${spread(values)} | ${spread(times)} | ${verdict(median(times), GOALS[name], true)} |`;
    }),
    '',
    `Found means that any finding overlaps the mark, whatever it is called; Bedside's are counted from a warning on, for identifiers only; peers flag with whatever they find. Bedside's rules were written with these labelled texts in sight, its peers' were not.`,
    '',
    `| | clean posts flagged | planted posts flagged | texts without a mark flagged | ${KINDS.join(' | ')} | all marks |`,
    `|---|---|---|---|${KINDS.map(() => '---|').join('')}---|`,
    ...Object.keys(answers).map((name) => {
      const { clean, planted, unmarked } = flagged[name];
      const found = [...KINDS.map((kind) => recalls[name][kind]), recalls[name].all];
      return `| ${name} | ${percent(clean)} | ${percent(planted)} | ${percent(unmarked)} | ${found.map(([share, marks]) => `${percent(share)} of ${marks}`).join(' | ')} |`;
    }),
    '',
    `Clean posts flagged, per cent: ${verdict(flagged.Bedside.clean * 100, MOST_FLAGGED, false)}. Fewer flagged than by every peer at higher recall: ${better ? 'reached' : '**not reached**'}.`,
  ];
}

const percent = (share) => `${short(share * 100)} %`;

/** Shares of posts and texts in which something was found. */
function flags(answer, { posts, labelled }) {
  const [read, found] = [answer.read && new Set(answer.read), new Set(answer.flagged)];
  const share = (some) => some.filter(({ id }) => found.has(id)).length / some.length;
  const those = posts.filter(({ id }) => !read || read.has(id));
  const unmarked = labelled.filter(({ clean }) => clean);
  return {
    clean: share(those.filter(({ clean }) => clean)),
    planted: share(those.filter(({ clean }) => !clean)),
    unmarked: unmarked.filter(({ id }) => answer.labelled[id].length > 0).length / unmarked.length,
  };
}

/** By kind and for all kinds: the share of marks that a finding overlaps, and how many marks there are. */
function recall(answer, labelled) {
  const tally = Object.fromEntries([...KINDS, 'all'].map((kind) => [kind, [0, 0]]));
  for (const { id, spans } of labelled) {
    for (const { kind, start, end } of spans) {
      const found = answer.labelled[id].some(([from, to]) => from < end && start < to);
      for (const counted of [tally[kind], tally.all]) {
        counted[0] += found ? 1 : 0;
        counted[1] += 1;
      }
    }
  }
  return Object.fromEntries(Object.entries(tally).map(([kind, [part, whole]]) => [kind, [part / whole, whole]]));
}

function versions(peers) {
  const ofPython = (name) => execFileSync(PYTHON, ['-c', `from importlib.metadata import version; print('${name}', version('${name}'))`], { encoding: 'utf8' }).trim();
  return peers.map((name) => (name === 'redact-pii' ? `${peerVersion(name)} on Node ${process.version}` : ofPython(name))).join(', ');
}
