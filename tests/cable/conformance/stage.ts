// What one case is played on: a server, a proxy of its own before it, a token of its own, and one client.

import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { startTcpProxy, type TcpProxy } from '../../proxy/tcp-proxy';
import type { ClientKind, RunningClient } from './client';
import type { ConformanceServer } from './servers';
import { Transcript } from './transcript';

/** The type of a frame, 'message' where it has none. */
export type FrameType = 'welcome' | 'ping' | 'confirm_subscription' | 'message' | 'disconnect';

export class Stage {
  readonly token = randomUUID();
  /** What the client subscribes with, unless a case wants something else. */
  readonly identifier = JSON.stringify({ channel: 'RoomChannel', pubsub_token: this.token });
  readonly transcript: Transcript;
  readonly server: ConformanceServer;
  readonly proxy: TcpProxy;
  readonly #kind: ClientKind;
  #client: RunningClient | null = null;
  /** Until it was connected: a busy machine may cost a first try. */
  #triesToConnect = 0;

  constructor(server: ConformanceServer, proxy: TcpProxy, kind: ClientKind) {
    this.server = server;
    this.proxy = proxy;
    this.#kind = kind;
    this.transcript = new Transcript(kind.patience);
  }

  /** Has the client connect, through the proxy. */
  start({ path = '/cable', identifier = this.identifier } = {}): void {
    const url = `ws://127.0.0.1:${this.proxy.port}${path}?case=${this.token}`;
    this.#client = this.#kind.start({ url, identifier, tell: this.transcript.tell });
  }

  /** The same with a known token, and waits until it is connected. */
  async connect(options: { path?: string; identifier?: string } = {}): Promise<void> {
    await this.server.learn(this.token);
    this.start(options);
    await this.transcript.next('connected');
    this.#triesToConnect = this.transcript.count('trying');
  }

  /** Throws when the client, once connected, has opened another socket. */
  expectSameConnection(): void {
    if (this.transcript.count('trying') > this.#triesToConnect) throw new Error('gives up the connection');
  }

  perform(action: string): void {
    this.#client?.perform(action);
  }

  /** Says something new, and waits until the client hears it. */
  async expectToHear(content: string = randomUUID()): Promise<void> {
    await this.server.say(this.token, content);
    await this.transcript.hears(content);
  }

  /** Changes every frame of one type; others pass. */
  changeFrames(type: FrameType, change: (text: string) => readonly string[]): void {
    this.proxy.changeFrames((text) =>
      (JSON.parse(text).type ?? 'message') === type ? change(text) : [text],
    );
  }

  /** What the server sends when it sends everybody away, and the end of the connection. */
  sendAway(words: object): void {
    this.proxy.injectFrame(JSON.stringify({ type: 'disconnect', ...words }));
    this.proxy.drop('fin');
  }

  /** Throws when the client tries again in the time in which it would, if it wanted to. */
  async expectNoFurtherTry(): Promise<void> {
    const before = this.transcript.count('trying');
    await wait(this.#kind.lull);
    if (this.transcript.count('trying') > before) throw new Error('tries again');
  }

  async close(): Promise<void> {
    this.#client?.close();
    await this.proxy.close();
  }
}

/** Opens the stage for one case, and closes it whatever comes of it. */
export async function onStage(
  server: ConformanceServer,
  kind: ClientKind,
  play: (stage: Stage) => Promise<void>,
): Promise<void> {
  const stage = new Stage(server, await startTcpProxy({ port: server.port }), kind);
  try {
    await play(stage);
    stage.transcript.expectNothingThrown();
  } finally {
    await stage.close();
  }
}
