// Fastify with better-sqlite3: a page of twenty rows, read from Bedside's own table at each request.
//   node fastify.cjs PORT DATABASE-FILE
const Sqlite = require('better-sqlite3');
const fastify = require('fastify')();

const [port, file] = process.argv.slice(2);
const database = new Sqlite(file, { readonly: true });
const practice = database.prepare("SELECT id, json_extract(profile, '$.name') AS name FROM practices WHERE slug = ?");
const latest = database.prepare(
  "SELECT id, slug, title, text, signed_by, published_at FROM pages WHERE practice_id = ? AND kind = 'post' AND withdrawn_at IS NULL ORDER BY published_at DESC LIMIT 20",
);

fastify.get('/p/:slug/posts', (request, reply) => {
  const found = practice.get(request.params.slug);
  if (!found) return reply.code(404).send('not found');
  let rows = '';
  for (const row of latest.all(found.id)) {
    rows += `<article><h2><a href="/p/${request.params.slug}/posts/${row.slug}">${row.title}</a></h2><p>${row.text}</p><p>${row.signed_by}</p></article>\n`;
  }
  return reply
    .type('text/html; charset=utf-8')
    .send(`<!doctype html><html lang=en><head><meta charset=utf-8><title>${found.name}</title></head><body><h1>${found.name}</h1>${rows}</body></html>`);
});
fastify.listen({ port: Number(port), host: '127.0.0.1' });
