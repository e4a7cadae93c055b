// Does what `update` asked for: requests, and the cable. Their outcomes come back as events. Holds the cable and
// nothing else; decides nothing.
import { Cable } from '@/lib/cable/cable';
import type { CableState } from '@/lib/cable/types';
import type { CarbonChatClient } from '@/lib/carbonchat/client';
import { cableUrl, parseFrame, roomIdentifier } from '@/lib/carbonchat/room-channel';
import type { Effect } from '@/lib/core/effects';
import type { Event } from '@/lib/core/events';
import { isNotFound } from '@/lib/core/failures';
import type { ContactSession, Failure, Outcome, RoomEvent } from '@/lib/core/server-types';
import type { Identity, Session } from '@/lib/core/types';
import type { Clock, Random, SocketFactory, TimerId } from '@/lib/platform/types';
import { createEventTally } from './event-tally';

export interface EffectRunnerOptions {
  client: CarbonChatClient;
  installationUrl: string;
  clock: Clock;
  random: Random;
  socket: SocketFactory;
  session(): Session;
  happened(event: Event): Promise<void>;
  /** A harmless call to the browser, which keeps the worker alive while a request is under way. */
  keepAlive(): void;
  /** Told of what is not known of what the cable brings, in words without secrets. */
  report(problem: string): void;
}

/** A worker is stopped 30 s after the last call to the browser, even with a request under way (measured). */
const keepAliveEvery = 20_000;

export class EffectRunner {
  #options: EffectRunnerOptions;
  #cable: Cable | null = null;
  #isWatched = false;
  readonly #count: (event: string) => void;
  #underWay = 0;
  #aliveTimer: TimerId | null = null;

  constructor(options: EffectRunnerOptions) {
    this.#options = options;
    this.#count = createEventTally(options.report);
  }

  run(effect: Effect): void {
    switch (effect.type) {
      case 'cable.open':
        this.#openCable();
        break;
      case 'cable.close':
        this.#closeCable();
        break;
      case 'cable.reconnect':
        this.#cable?.reconnectNow();
        break;
      case 'cable.updatePresence':
        this.#cable?.perform('update_presence');
        break;
      default:
        void this.#request(effect);
    }
  }

  /** Whether a panel is open: then the cable is tried more often while it cannot be had. */
  watch(isWatched: boolean): void {
    this.#isWatched = isWatched;
    if (this.#cable) this.#cable.isWatched = isWatched;
  }

  /** Lets go of the cable; what is under way ends by itself. */
  stop(): void {
    this.#closeCable();
  }

  async #request(effect: Exclude<Effect, { type: `cable.${string}` }>): Promise<void> {
    const requestedAt = this.#options.clock.now();
    if (this.#underWay++ === 0) this.#stayAlive();
    try {
      const event = await this.#outcomeOf(effect, requestedAt);
      if (event) await this.#options.happened(event);
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0 && this.#aliveTimer !== null)
        this.#options.clock.clearTimeout(this.#aliveTimer);
    }
  }

  #stayAlive(): void {
    this.#aliveTimer = this.#options.clock.setTimeout(() => {
      this.#options.keepAlive();
      this.#stayAlive();
    }, keepAliveEvery);
  }

  async #outcomeOf(
    effect: Exclude<Effect, { type: `cable.${string}` }>,
    requestedAt: number,
  ): Promise<Event | null> {
    const { client, session } = this.#options;
    const { sourceId, identity } = session();
    /** What a contact session that is no longer ours was asked for says nothing about the one that is. */
    const ofNow = <T>(outcome: Outcome<T>): Outcome<T> =>
      session().sourceId === sourceId ? outcome : { ok: false, failure: { kind: 'unreachable' } };
    switch (effect.type) {
      case 'http.createContact': {
        const named = identity && effect.bare ? bareOf(identity) : identity;
        return this.#contactEvent(ofNow(await client.createContact({ sourceId, identity: named })), true);
      }
      case 'http.getContact':
        return this.#contactEvent(ofNow(await client.contact(sourceId, identity)), false);
      case 'http.identify': {
        const outcome = ofNow(await client.updateContact(sourceId, effect.changes, effect.identity));
        if (!outcome.ok) return { type: 'contact.identifyFailed', failure: outcome.failure };
        return { type: 'contact.identified', ...outcome.value, identity: effect.identity };
      }
      case 'http.changeContact': {
        const outcome = ofNow(await client.updateContact(sourceId, effect.changes, identity));
        if (!outcome.ok) return { type: 'contact.changeFailed', failure: outcome.failure };
        return { type: 'contact.changed', ...outcome.value };
      }
      case 'http.getInbox': {
        const { purpose } = effect;
        const outcome = await client.inbox();
        if (!outcome.ok) return { type: 'inbox.failed', purpose, failure: outcome.failure };
        const { identityRequired, hours } = outcome.value;
        return { type: 'inbox.received', purpose, identityRequired, hours };
      }
      case 'http.listConversations': {
        const outcome = ofNow(await client.conversations(sourceId, effect.etag));
        if (!outcome.ok) return { type: 'conversations.failed', failure: outcome.failure };
        if (outcome.value === 'unchanged') return { type: 'conversations.unchanged' };
        return { type: 'conversations.listed', ...outcome.value, requestedAt };
      }
      case 'http.createConversation': {
        const { localConversationId } = effect;
        const outcome = ofNow(await client.createConversation(sourceId));
        if (!outcome.ok)
          return { type: 'conversation.failed', localConversationId, failure: outcome.failure };
        return {
          type: 'conversation.received',
          localConversationId,
          conversation: outcome.value,
          requestedAt,
        };
      }
      case 'http.listMessages': {
        const { purpose, conversationId, before: asked } = effect;
        const outcome = ofNow(await client.messages(sourceId, conversationId, asked));
        const question = { purpose, conversationId, asked };
        if (!outcome.ok) return { type: 'messages.failed', ...question, failure: outcome.failure };
        return { type: 'messages.listed', ...question, ...outcome.value, requestedAt };
      }
      case 'http.createMessage': {
        const { echoId, conversationId, text } = effect;
        const outcome = ofNow(await client.createMessage(sourceId, conversationId, text, echoId));
        if (!outcome.ok) return { type: 'message.failed', echoId, failure: outcome.failure };
        return { type: 'message.posted', echoId, message: outcome.value, requestedAt };
      }
      case 'http.answerMessage': {
        const { echoId, conversationId, messageId, answer } = effect;
        if (answer.kind === 'email') {
          const changed = ofNow(await client.updateContact(sourceId, { email: answer.email }, identity));
          if (!changed.ok) return { type: 'message.failed', echoId, failure: changed.failure };
          await this.#options.happened({ type: 'contact.changed', ...changed.value });
        }
        const outcome = ofNow(await client.answerMessage(sourceId, conversationId, messageId, answer));
        if (!outcome.ok) return { type: 'message.failed', echoId, failure: outcome.failure };
        return { type: 'answer.stored', echoId, message: outcome.value, requestedAt };
      }
      case 'http.resolve': {
        const { echoId, conversationId } = effect;
        const outcome = ofNow(await client.resolve(sourceId, conversationId));
        if (!outcome.ok) return { type: 'message.failed', echoId, failure: outcome.failure };
        return { type: 'conversation.resolved', echoId, conversation: outcome.value, requestedAt };
      }
      case 'http.updateLastSeen': {
        const { conversationId, upTo } = effect;
        const outcome = ofNow(await client.updateLastSeen(sourceId, conversationId));
        return { type: 'lastSeen.told', conversationId, upTo, failure: failureOf(outcome) };
      }
      case 'http.setTyping': {
        const { conversationId, on } = effect;
        const outcome = ofNow(await client.setTyping(sourceId, conversationId, on));
        return { type: 'typing.told', on, failure: failureOf(outcome) };
      }
    }
  }

  /** 404 is asked about once more: the contact may be gone, or the whole inbox. */
  async #contactEvent(outcome: Outcome<ContactSession>, creating: boolean): Promise<Event> {
    if (outcome.ok) {
      const { sourceId: _, ...contact } = outcome.value;
      return { type: 'contact.received', ...contact };
    }
    if (!isNotFound(outcome.failure)) return { type: 'contact.failed', failure: outcome.failure };
    if (creating) return { type: 'inbox.missing' };
    const inbox = await this.#options.client.inbox();
    if (inbox.ok) return { type: 'contact.gone', sourceId: this.#options.random.uuid() };
    return isNotFound(inbox.failure)
      ? { type: 'inbox.missing' }
      : { type: 'contact.failed', failure: inbox.failure };
  }

  #openCable(): void {
    const { pubsubToken, cableAttempt } = this.#options.session();
    if (pubsubToken === null) return;
    this.#closeCable();
    const { clock, random, socket, installationUrl, happened } = this.#options;
    const current = () => this.#cable === cable;
    const cable: Cable = new Cable({
      url: cableUrl(installationUrl),
      identifier: roomIdentifier(pubsubToken),
      socket,
      clock,
      random,
      attempt: cableAttempt,
      listener: {
        onState: (state) => current() && void happened(cableEvent(state)),
        onSubscribeTimeout: () => current() && void happened({ type: 'cable.silent' }),
        onMessage: (message) => {
          if (!current()) return;
          const told = parseFrame(message, clock.now());
          if (told?.type === 'unknown') this.#count(told.event);
          const event = told && frameEvent(told);
          if (event) void happened(event);
        },
        onUnknownFrame: () => this.#count('frame'),
      },
    });
    this.#cable = cable;
    cable.isWatched = this.#isWatched;
    cable.connect();
  }

  #closeCable(): void {
    const cable = this.#cable;
    this.#cable = null;
    cable?.disconnect();
  }
}

function failureOf(outcome: Outcome<unknown>): Failure | null {
  return outcome.ok ? null : outcome.failure;
}

/** Who somebody is, and nothing else of them. */
function bareOf({ identifier, hash }: Identity): Identity {
  const nothing = { name: null, email: null, phoneNumber: null, avatarUrl: null, customAttributes: {} };
  return { identifier, hash, ...nothing };
}

function cableEvent(state: CableState): Event {
  const cable = state.name === 'subscribing' ? 'connecting' : state.name;
  return {
    type: 'cable.changed',
    cable,
    attempt: 'attempt' in state ? state.attempt : 0,
    nextTryAt: state.name === 'waiting' ? state.nextTryAt : null,
  };
}

function frameEvent(event: RoomEvent): Event | null {
  switch (event.type) {
    case 'message':
      return { type: 'frame.message', message: event.message };
    case 'conversation':
      return { type: 'frame.conversation', conversation: event.conversation };
    case 'typing':
      return { ...event, type: 'frame.typing' };
    case 'presence':
      return { type: 'frame.presence', users: event.users };
    default:
      return null;
  }
}
