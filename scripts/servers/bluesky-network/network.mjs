// The full Bluesky development network on the ports that the environment names.
import { TestNetwork } from '@atproto/dev-env';

const port = (name) => Number(process.env[`${name}_PORT`]);

const network = await TestNetwork.create({
  plc: { port: port('PLC') },
  pds: { port: port('PDS'), hostname: 'localhost', enableDidDocWithSession: true },
  bsky: { port: port('APPVIEW'), publicUrl: `http://localhost:${port('APPVIEW')}` },
  ozone: { port: port('OZONE') },
  introspect: { port: port('INTROSPECT') },
});
console.log(`PDS ${network.pds.url}, AppView ${network.bsky.serverDid}`);

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, async () => {
    await network.close().catch(() => {});
    process.exit(0);
  });
}
