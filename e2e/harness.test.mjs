// The harness can fail: each of its checks finds a fault that is planted here.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { axe, openBrowser, openPerson, shot } from './browser.mjs';
import { startBedside } from './program.mjs';

const sheet = (body, head = '') =>
  `<!doctype html><html lang="en"><head><title>A page</title><link rel="icon" href="data:,">${head}</head>
   <body><main><h1>A page</h1>${body}</main></body></html>`;

const PAGES = {
  '/good': sheet('<p>Nothing is wrong.</p>'),
  '/faulty': sheet('<img src="data:,"><button></button><input>'),
  '/dark': sheet('<p>Pale</p>', '<style>@media (prefers-color-scheme: dark) { p { color: #222; background: #111 } }</style>'),
  '/wide': sheet('<p style="width: 600px">Wide</p>'),
  '/clicks': sheet(`<form><label>Name <input id="name"></label><label><input type="checkbox" id="tick"> Yes</label>
    <label>Day <select id="day"><option>Monday<option>Friday</select></label><button type="button">Send</button></form>`),
  '/policy': sheet('<p id="p">x</p><script>document.title = "never"</script>'),
};

async function site(t) {
  const server = http.createServer((request, answer) => {
    const body = PAGES[request.url];
    const headers = { 'content-type': 'text/html; charset=utf-8' };
    if (request.url === '/policy') headers['content-security-policy'] = "script-src 'self'";
    answer.writeHead(body ? 200 : 500, headers).end(body ?? 'broken');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const browser = await openBrowser();
  t.after(() => browser.close());
  return openPerson(browser, { baseURL: `http://127.0.0.1:${server.address().port}` });
}

test('axe passes a good page and finds planted faults, also in dark', async (t) => {
  const { page } = await site(t);
  await page.goto('/good');
  await axe(page);
  await page.goto('/faulty');
  await assert.rejects(axe(page), ({ message }) =>
    ['image-alt', 'button-name', 'label'].every((rule) => message.includes(rule)));
  await page.goto('/dark');
  await assert.rejects(axe(page), /color-contrast \(serious, dark\)/);
});

test('a picture is taken at both sizes and a page that is too wide for a phone is found', async (t) => {
  const { page } = await site(t);
  await page.goto('/good');
  const folder = await shot(page, 'harness');
  t.after(() => Promise.all([1440, 390].map((width) => rm(path.join(folder, `harness-${width}.png`)))));
  await page.goto('/wide');
  await assert.rejects(shot(page, 'harness'), /6\d\d px wide on a screen of 390 px/);
});

test('clicks are counted, typing is not', async (t) => {
  const person = await site(t);
  const { page } = person;
  await page.goto('/clicks');
  await page.fill('#name', 'Cedar');
  await page.keyboard.type(' Hollow');
  assert.equal(person.clicks, 0);
  await page.click('button');
  await page.check('#tick');
  await page.selectOption('#day', 'Friday');
  assert.equal(person.clicks, 3);
});

test('complaints of a page are collected', async (t) => {
  const person = await site(t);
  await person.page.goto('/policy');
  await person.page.goto('/none');
  await person.page.evaluate(() => setTimeout(() => { throw new Error('planted'); }));
  await person.page.evaluate(() => fetch('http://example.invalid/').catch(() => {}));
  const heard = person.complaints.join('\n');
  for (const complaint of [/Content Security Policy/, /500 from/, /planted/, /left the machine/]) {
    assert.match(heard, complaint);
  }
});

test('the program is awaited, gives its link, and is stopped', async (t) => {
  const bin = await script(t, `
    const [, , , , , , where] = process.argv;
    const port = Number(where.split(':')[1]);
    require('node:http').createServer((q, a) => a.end('ok')).listen(port, '127.0.0.1');
    console.log('Bedside listens on http://127.0.0.1:' + port);
    console.log('Set it up once: http://127.0.0.1:' + port + '/set-up/abc-123');`);
  const program = await startBedside({ bin });
  assert.equal(program.setupLink(), `${program.url}/set-up/abc-123`);
  await program.stop();
  await assert.rejects(fetch(program.url));
});

test('a program that ends at once is told with what it said', async (t) => {
  const bin = await script(t, `console.error('the data folder is on fire'); process.exit(3);`);
  await assert.rejects(startBedside({ bin }), /ended with 3[^]*on fire/);
});

async function script(t, text) {
  const folder = await mkdtemp(path.join(tmpdir(), 'bedside-harness-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = path.join(folder, 'program.cjs');
  await writeFile(file, `#!${process.execPath}\n${text}\n`);
  await chmod(file, 0o755);
  return file;
}
