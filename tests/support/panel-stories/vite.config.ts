// Serves the stories on loopback: npx vite --config tests/support/panel-stories/vite.config.ts
import { fileURLToPath } from 'node:url';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

export default defineConfig({
  root,
  publicDir: false,
  plugins: [preact()],
  resolve: { alias: { '@': root } },
  server: { host: '127.0.0.1', port: 7917, open: false },
});
