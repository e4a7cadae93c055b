// An ordinary page with Rails' own cable client in it, served on loopback: what a broadcast says becomes a line of a list.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const client = createRequire(import.meta.url)
  .resolve('@rails/actioncable')
  .replace(/actioncable\.js$/, 'actioncable.esm.js');

/** Serves the page; it subscribes as the contact of `pubsubToken`, and its list says so when that is confirmed. */
export async function startCablePage(
  cableUrl: string,
  pubsubToken: string,
): Promise<{ url: string; close(): void }> {
  const app = new Hono();
  const channel = { channel: 'RoomChannel', pubsub_token: pubsubToken };
  app.get('/', (c) =>
    c.html(`<!doctype html><meta charset="utf-8"><title>Cable</title>
<ul></ul>
<script type="module">
  import { createConsumer } from '/actioncable.js';
  const list = document.querySelector('ul');
  createConsumer(${JSON.stringify(cableUrl)}).subscriptions.create(${JSON.stringify(channel)}, {
    connected() {
      list.dataset.connected = '';
    },
    received({ event, data }) {
      if (event !== 'message.created') return;
      const line = document.createElement('li');
      line.textContent = data.content;
      list.append(line);
    },
  });
</script>`),
  );
  app.get('/actioncable.js', (c) =>
    c.body(readFileSync(client, 'utf8'), 200, { 'content-type': 'text/javascript' }),
  );
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
      resolve({ url: `http://127.0.0.1:${port}/`, close: () => server.close() }),
    );
  });
}
