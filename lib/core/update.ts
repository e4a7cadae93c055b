// The one place where an event becomes the next state. Pure: time, randomness and stored history are passed in.
import { answerStored, answerSubmitted, conversationResolved, resolveAsked } from './acts';
import { inboxFailed, inboxReceived, pumpInbox } from './cable-cause';
import { clockChanged, keepWithinReason } from './clock';
import {
  contactFailed,
  contactGone,
  contactReceived,
  inboxMissing,
  pumpContact,
  recoverContact,
  wantContact,
} from './contact';
import { changeAsked, changeFailed, changeImpossible, contactChanged, pumpChange } from './contact-change';
import { noteConversationFrame, noteMessages, noteSeen } from './conversations';
import { conversationFailed, conversationReceived, recoverCreations } from './creations';
import type { Effect } from './effects';
import { pumpEnded, sealEnded, sessionEnded, sessionResumed } from './ending';
import type { Event } from './events';
import { messagesFailed, messagesListed, olderRequested, pumpGaps } from './gap';
import { attributesGiven, identified, identifyFailed, identityGiven, pumpIdentity } from './identity';
import { hoursFailed, hoursReceived, pumpHours, wantHours } from './inbox';
import { cableChanged, cableSilent, forgetReads, holdCable, hurry, onlineChanged } from './link';
import { conversationsFailed, conversationsListed, conversationsUnchanged } from './list';
import { pumpList } from './list-request';
import { historyLost } from './lost-history';
import { takeMessage } from './messages';
import {
  messageDiscarded,
  messageFailed,
  messagePosted,
  messageRetried,
  messageSubmitted,
  pumpOutbox,
} from './outbox';
import { pumpTyping, recoverTyping, typingTold } from './own-typing';
import { presenceTold, pumpPresence } from './presence';
import { lastSeenTold, markRead, pumpLastSeen, recoverLastSeen, viewSeen, viewVisible } from './reading';
import { recoverOutbox, settleBy } from './settle';
import type { State } from './state';
import { type Surroundings, Turn } from './turn';
import type { Message } from './types';
import { expireTyping, typingChanged, typingEndedBy } from './typing';
import { draftChanged, saveDrafts, viewClosed, viewOpened } from './views';

export interface Update {
  state: State;
  effects: readonly Effect[];
  /** Messages that are new or changed: to be stored in the history and shown. */
  messages: readonly Message[];
}

/** Decides what an event means. The same arguments always give the same result. */
export function update(state: State, event: Event, surroundings: Surroundings): Update {
  const turn = new Turn(state, surroundings);
  forgetReads(turn);
  apply(turn, event);
  // Whatever happened, things may have become due or possible.
  markRead(turn);
  pumpLastSeen(turn);
  pumpTyping(turn);
  pumpEnded(turn);
  pumpOutbox(turn);
  pumpChange(turn);
  pumpContact(turn);
  pumpIdentity(turn);
  pumpInbox(turn);
  pumpHours(turn);
  holdCable(turn);
  pumpPresence(turn);
  pumpList(turn);
  pumpGaps(turn);
  expireTyping(turn);
  saveDrafts(turn, turn.at);
  sealEnded(turn);
  return { state: turn.state, effects: turn.effects, messages: [...turn.messages.values()] };
}

function apply(turn: Turn, event: Event): void {
  switch (event.type) {
    case 'background.started':
      keepWithinReason(turn);
      recoverOutbox(turn);
      recoverCreations(turn);
      recoverContact(turn);
      recoverLastSeen(turn);
      recoverTyping(turn);
      break;
    case 'time.passed':
      break;
    case 'history.lost':
      historyLost(turn);
      break;
    case 'clock.changed':
      clockChanged(turn);
      break;
    case 'online.changed':
      onlineChanged(turn, event);
      break;
    case 'window.focused':
      turn.set({ focusedWindowId: event.windowId });
      break;
    case 'view.opened':
      viewOpened(turn, event);
      wantHours(turn);
      break;
    case 'view.closed':
      viewClosed(turn, event);
      break;
    case 'view.seen':
      viewSeen(turn, event);
      break;
    case 'view.visible':
      viewVisible(turn, event);
      break;
    case 'message.submitted':
      messageSubmitted(turn, event);
      break;
    case 'answer.submitted':
      answerSubmitted(turn, event);
      break;
    case 'resolve.asked':
      resolveAsked(turn, event);
      break;
    case 'message.retried':
      messageRetried(turn, event);
      break;
    case 'message.discarded':
      messageDiscarded(turn, event);
      break;
    case 'draft.changed':
      draftChanged(turn, event);
      break;
    case 'older.requested':
      olderRequested(turn, event);
      break;
    case 'link.retried':
      hurry(turn);
      break;
    case 'contact.changeAsked':
      changeAsked(turn, event);
      break;
    case 'identity.given':
      identityGiven(turn, event);
      if (turn.state.session.pubsubToken === null) wantContact(turn);
      break;
    case 'attributes.given':
      attributesGiven(turn, event);
      break;
    case 'session.ended':
      sessionEnded(turn, event);
      break;
    case 'session.resumed':
      sessionResumed(turn);
      break;
    case 'cable.changed':
      cableChanged(turn, event);
      break;
    case 'cable.silent':
      cableSilent(turn);
      break;
    case 'frame.message': {
      const message = takeMessage(turn, event.message, { from: 'frame' });
      noteMessages(turn, message.conversationId, [message]);
      settleBy(turn, message);
      typingEndedBy(turn, message);
      break;
    }
    case 'frame.conversation': {
      const { lastMessage } = event.conversation;
      if (lastMessage) {
        noteMessages(turn, lastMessage.conversationId, [takeMessage(turn, lastMessage, { from: 'frame' })]);
      }
      // Whoever it is assigned to was named after that message.
      noteConversationFrame(turn, event.conversation);
      break;
    }
    case 'frame.typing':
      typingChanged(turn, event);
      noteSeen(turn, event);
      break;
    case 'frame.presence':
      presenceTold(turn, event);
      break;
    case 'contact.received':
      contactReceived(turn, event);
      break;
    case 'contact.failed':
      contactFailed(turn, event);
      changeImpossible(turn);
      break;
    case 'contact.gone':
      contactGone(turn, event);
      break;
    case 'contact.identified':
      identified(turn, event);
      break;
    case 'contact.identifyFailed':
      identifyFailed(turn, event);
      break;
    case 'contact.changed':
      contactChanged(turn, event);
      break;
    case 'contact.changeFailed':
      changeFailed(turn, event);
      break;
    case 'inbox.missing':
      inboxMissing(turn);
      break;
    case 'inbox.received':
      hoursReceived(turn, event);
      if (event.purpose === 'cause') inboxReceived(turn, event);
      break;
    case 'inbox.failed':
      if (event.purpose === 'cause') inboxFailed(turn, event);
      else hoursFailed(turn, event);
      break;
    case 'conversations.listed':
      conversationsListed(turn, event);
      break;
    case 'conversations.unchanged':
      conversationsUnchanged(turn);
      break;
    case 'conversations.failed':
      conversationsFailed(turn, event);
      break;
    case 'conversation.received':
      conversationReceived(turn, event);
      break;
    case 'conversation.failed':
      conversationFailed(turn, event);
      break;
    case 'messages.listed':
      messagesListed(turn, event);
      break;
    case 'messages.failed':
      messagesFailed(turn, event);
      break;
    case 'message.posted':
      messagePosted(turn, event);
      break;
    case 'answer.stored':
      answerStored(turn, event);
      break;
    case 'conversation.resolved':
      conversationResolved(turn, event);
      break;
    case 'message.failed':
      messageFailed(turn, event);
      break;
    case 'lastSeen.told':
      lastSeenTold(turn, event);
      break;
    case 'typing.told':
      typingTold(turn, event);
      break;
  }
}
