// BullMQ: how fast due jobs drain, and how late jobs start. Prints one line of JSON.
//   node bullmq.cjs REDIS-PORT JOBS TIMED-JOBS
const { Queue, Worker } = require('bullmq');

const [port, jobs, timed] = process.argv.slice(2).map(Number);
const connection = { host: '127.0.0.1', port };
/** One job falls due every this many milliseconds. */
const EVERY = 20;

(async () => {
  const name = `drain-${process.pid}`;
  const queue = new Queue(name, { connection, defaultJobOptions: { removeOnComplete: true } });
  for (let n = 0; n < jobs; n += 1000) {
    const batch = Array.from({ length: Math.min(1000, jobs - n) }, (_, k) => ({ name: 'post', data: { post: n + k }, opts: { delay: 1 } }));
    await queue.addBulk(batch);
  }
  const began = Date.now();
  let done = 0;
  await new Promise((resolve) => {
    const worker = new Worker(name, async () => {
      done += 1;
      if (done === jobs) setTimeout(() => worker.close().then(resolve), 0);
    }, { connection, concurrency: 50 });
  });
  const seconds = (Date.now() - began) / 1000;

  const late = [];
  const later = new Queue(`${name}-late`, { connection, defaultJobOptions: { removeOnComplete: true } });
  const finished = new Promise((resolve) => {
    const worker = new Worker(`${name}-late`, async (job) => {
      late.push(Date.now() - job.data.due);
      if (late.length === timed) setTimeout(() => worker.close().then(resolve), 0);
    }, { connection, concurrency: 50 });
  });
  const first = Date.now() + 2000;
  await later.addBulk(Array.from({ length: timed }, (_, n) => ({
    name: 'post', data: { due: first + n * EVERY }, opts: { delay: first + n * EVERY - Date.now() },
  })));
  await finished;
  late.sort((a, b) => a - b);
  const at = (part) => late[Math.min(late.length - 1, Math.floor(late.length * part))];
  console.log(JSON.stringify({ drain_per_s: Math.round(jobs / seconds), late_p50_ms: at(0.5), late_p99_ms: at(0.99), late_max_ms: late.at(-1) }));
  process.exit(0);
})();
