// The line between the browser and the installation: what it passes, and what a test can do to it.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import { type Line, startLine } from '../e2e/driver/line';

let far: Server;
let sockets: WebSocketServer;
let line: Line;
let url: string;
/** What arrived at the installation: method, path, host and body. */
let arrived: string[][];

beforeEach(async () => {
  arrived = [];
  far = createServer(async (request, response) => {
    const chunks = await request.toArray();
    arrived.push([
      request.method ?? '',
      request.url ?? '',
      request.headers.host ?? '',
      Buffer.concat(chunks).toString(),
    ]);
    if (request.url === '/broken') return void response.write('half', () => response.destroy());
    if (request.headers['if-none-match'] === '"1"')
      return void response.writeHead(304, { etag: '"1"' }).end();
    response.writeHead(200, { 'content-type': 'text/plain', etag: '"1"' }).end(`answer ${arrived.length}`);
  });
  sockets = new WebSocketServer({ noServer: true });
  far.on('upgrade', (request, socket, head) => {
    if (request.url !== '/cable') return void socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
    sockets.handleUpgrade(request, socket, head, (ws) => {
      ws.send('welcome');
      ws.on('message', (words) => ws.send(`heard ${words}`));
    });
  });
  const farPort = await listen(far);
  const [port, spare] = await freePort();
  spare.close();
  line = await startLine({ port, target: new URL(`http://127.0.0.1:${farPort}`) });
  url = `http://127.0.0.1:${port}`;
});
afterEach(async () => {
  await line.cut();
  for (const socket of sockets.clients) socket.terminate();
  far.close();
  far.closeAllConnections();
});

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function freePort(): Promise<[number, Server]> {
  const server = createServer();
  return [await listen(server), server];
}

const post = (body: string) => fetch(`${url}/messages`, { method: 'POST', body });
const messages = /messages$/;

/** The next words on a socket. */
async function heard(socket: WebSocket): Promise<string> {
  const [words] = await once(socket, 'message');
  return String(words);
}

test("passes requests and answers whole, under the installation's own host name", async () => {
  const answer = await post('Grüße');
  expect([answer.status, answer.headers.get('etag'), await answer.text()]).toEqual([200, '"1"', 'answer 1']);
  expect(arrived).toEqual([
    ['POST', '/messages', `127.0.0.1:${(far.address() as AddressInfo).port}`, 'Grüße'],
  ]);
  expect(line.requests).toMatchObject([{ method: 'POST', path: '/messages', body: 'Grüße' }]);
});

test('passes an answer without a body', async () => {
  const answer = await fetch(`${url}/inbox?a=b`, { headers: { 'if-none-match': '"1"' } });
  expect([answer.status, await answer.text()]).toEqual([304, '']);
  expect(arrived[0]?.[1]).toBe('/inbox?a=b');
});

test('refuses everything while it is cut, and lets the installation hear nothing', async () => {
  const socket = new WebSocket(`${url}/cable`);
  await heard(socket);
  const lost = once(socket, 'close');
  await line.cut();
  expect((await lost)[0]).toBe(1006);
  await expect(post('lost')).rejects.toThrow();
  expect(arrived).toEqual([]);
  await line.restore();
  expect((await post('found')).status).toBe(200);
});

test('loses a request, an answer, or refuses by itself: each once', async () => {
  const request = line.next('POST', messages, 'lose request');
  const answer = line.next('POST', messages, 'lose answer');
  line.next('POST', messages, { status: 403 });
  const aborted = new AbortController();
  const send = (body: string) => fetch(`${url}/messages`, { method: 'POST', body, signal: aborted.signal });
  const sent = [send('1')];
  await request.happened;
  expect(arrived).toEqual([]);
  sent.push(send('2'));
  await answer.happened;
  expect(arrived.map(([, , , body]) => body)).toEqual(['2']);
  expect((await send('3')).status).toBe(403);
  expect((await send('4')).status).toBe(200);
  aborted.abort();
  for (const one of sent) await expect(one).rejects.toThrow();
  expect(arrived.map(([, , , body]) => body)).toEqual(['2', '4']);
});

test('holds an answer until it is released', async () => {
  const held = line.next('POST', messages, 'hold answer');
  const sent = post('1');
  await held.happened;
  expect(arrived).toHaveLength(1);
  expect(await (await post('2')).text()).toBe('answer 2');
  held.release();
  expect(await (await sent).text()).toBe('answer 1');
});

test('passes a socket both ways, and refuses one that the installation refuses', async () => {
  const socket = new WebSocket(`${url}/cable`);
  expect(await heard(socket)).toBe('welcome');
  socket.send('hello');
  expect(await heard(socket)).toBe('heard hello');
  const refused = new WebSocket(`${url}/other`);
  expect(String((await once(refused, 'error'))[0])).toContain('404');
  const [farSocket] = sockets.clients;
  farSocket?.close(1000);
  expect((await once(socket, 'close'))[0]).toBe(1000);
});

test('holds what sockets bring, those to come included, and brings it in order when released', async () => {
  const socket = new WebSocket(`${url}/cable`);
  await heard(socket);
  const words: string[] = [];
  line.holdFrames();
  const later = new WebSocket(`${url}/cable`);
  for (const one of [socket, later]) one.on('message', (said) => words.push(String(said)));
  await once(later, 'open');
  socket.send('1');
  socket.send('2');
  await post('an exchange in the meantime');
  expect(words).toEqual([]);
  line.releaseFrames();
  await expect.poll(() => [...words].sort()).toEqual(['heard 1', 'heard 2', 'welcome']);
  expect(words.indexOf('heard 1')).toBeLessThan(words.indexOf('heard 2'));
});

test('drops sockets abnormally and takes new ones', async () => {
  const socket = new WebSocket(`${url}/cable`);
  await heard(socket);
  const lost = once(socket, 'close');
  line.dropSockets();
  expect((await lost)[0]).toBe(1006);
  expect(await heard(new WebSocket(`${url}/cable`))).toBe('welcome');
});

test('breaks the connection when the installation does not answer', async () => {
  far.close();
  far.closeAllConnections();
  await expect(post('to nobody')).rejects.toThrow();
});

test('breaks an answer off where the installation breaks it off', async () => {
  const answer = await fetch(`${url}/broken`);
  expect(answer.status).toBe(200);
  await expect(answer.text()).rejects.toThrow();
  expect((await post('afterwards')).status).toBe(200);
});

test('a silent line leaves everything open, passes nothing, and tells neither end of a close', async () => {
  const socket = new WebSocket(`${url}/cable`);
  await heard(socket);
  const [farSocket] = sockets.clients;
  const words: string[] = [];
  socket.on('message', (said) => words.push(String(said)));
  farSocket?.on('message', (said) => words.push(String(said)));
  line.fallSilent();
  socket.send('hello');
  farSocket?.send('news');
  const late = new WebSocket(`${url}/cable`);
  const lost = once(late, 'error');
  const leaving = connect(Number(new URL(url).port), '127.0.0.1');
  leaving.resume().write('POST /messages HTTP/1.1\r\nHost: line\r\nContent-Length: 8\r\n\r\ngiven up');
  const waiting = post('waiting');
  await expect.poll(() => line.requests.length).toBe(4);
  leaving.end();
  await once(leaving, 'close');
  late.terminate();
  await lost;
  expect([words, arrived, socket.readyState, farSocket?.readyState]).toEqual([[], [], 1, 1]);

  const dead = once(socket, 'close');
  await line.restore();
  expect((await waiting).status).toBe(200);
  expect(arrived.map(([, , , body]) => body)).toEqual(['waiting']);
  expect((await dead)[0]).toBe(1006);
  expect(words).toEqual([]);
  expect(await heard(new WebSocket(`${url}/cable`))).toBe('welcome');
});

test('an answer that comes while the line is silent is brought when the line is restored', async () => {
  const held = line.next('POST', messages, 'hold answer');
  const sent = post('1');
  await held.happened;
  line.fallSilent();
  held.release();
  let answered = false;
  void sent.then(() => {
    answered = true;
  });
  const next = post('2');
  await expect.poll(() => line.requests.length).toBe(2);
  expect([answered, arrived.length]).toEqual([false, 1]);
  await line.restore();
  expect([await (await sent).text(), await (await next).text()]).toEqual(['answer 1', 'answer 2']);
});

test('cutting a silent line breaks what waits on it', async () => {
  line.fallSilent();
  const waiting = post('waiting');
  await expect.poll(() => line.requests.length).toBe(1);
  await line.cut();
  await expect(waiting).rejects.toThrow();
  await line.restore();
  expect((await post('afterwards')).status).toBe(200);
  expect(arrived.map(([, , , body]) => body)).toEqual(['afterwards']);
});
