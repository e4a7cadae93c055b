// A page with the peer (deep-chat) in it, served on loopback: the same number of messages, an answer at once.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const bundle = createRequire(import.meta.url)
  .resolve('deep-chat')
  .replace(/deepChat\.js$/, 'deepChat.bundle.js');

/** Serves the page; `messages` are shown in it, contact and agent in turn. */
export async function startPeerPage(messages: readonly string[]): Promise<{ url: string; close(): void }> {
  const app = new Hono();
  const history = messages.map((text, index) => ({ role: index % 2 ? 'ai' : 'user', text }));
  app.get('/', (c) =>
    c.html(`<!doctype html><meta charset="utf-8"><title>Peer</title>
<script type="module" src="/peer.js"></script>
<deep-chat style="width: 360px; height: 640px"></deep-chat>
<script type="module">
  const chat = document.querySelector('deep-chat');
  chat.history = ${JSON.stringify(history)};
  chat.connect = { handler: (_body, signals) => signals.onResponse({ text: 'Thanks' }) };
</script>`),
  );
  app.get('/peer.js', (c) =>
    c.body(readFileSync(bundle, 'utf8'), 200, { 'content-type': 'text/javascript' }),
  );
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
      resolve({ url: `http://127.0.0.1:${port}/`, close: () => server.close() }),
    );
  });
}
