// What the strip under the header says about the way to the server. Owns its clock: short breaks stay unseen,
// and a countdown runs only while there is one to show.
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { EpochMs, LinkView } from '@/lib/core/types';
import type { Clock, TimerId } from '@/lib/platform/types';

/** Needs no more than the words of its name, and of its name and `Hint`. */
export type PlainTrouble = Exclude<
  LinkView['name'],
  'live' | 'idle' | 'connecting' | 'reconnecting' | 'rateLimited'
>;

export interface Strip {
  /** `reconnectingNow`: a try is under way. */
  kind: PlainTrouble | 'reconnecting' | 'reconnectingNow' | 'rateLimited';
  /** Until the next try, or until sending goes on; 0 where there is no telling. */
  seconds: number;
}

export interface StripModel {
  /** Null: nothing to say. */
  strip: ReadonlySignal<Strip | null>;
  /** Since when there has been something to say; 0 where that is not known. */
  since: ReadonlySignal<EpochMs | null>;
  /** What a person asked for is being tried. */
  isChecking: ReadonlySignal<boolean>;
  /** True for a while after a break that was shown. */
  isBack: ReadonlySignal<boolean>;
  /** A person wants it to be tried now. */
  asked(): void;
  stop(): void;
}

/** Without a connection for less than this, nothing is said. */
const patience = 1000;
/** What was asked for is seen for as long at least, however soon it is answered. */
const leastSeen = 1000;
const backFor = 5000;

/** Watches `link` until it is stopped. */
export function createStripModel(link: ReadonlySignal<LinkView>, clock: Clock): StripModel {
  const now = signal(clock.now());
  const brokenSince = signal<EpochMs | null>(null);
  const isChecking = signal(false);
  const isBack = signal(false);
  let askedAt = 0;

  // An attempt between two pauses does not count as a connection: the break began with the first pause.
  const stopBreaks = effect(() => {
    const { name, since } = link.value;
    if (name === 'live' || name === 'idle') brokenSince.value = null;
    else if (brokenSince.peek() === null) {
      // Before that, nobody watched the clock.
      now.value = clock.now();
      brokenSince.value = since;
    }
  });
  const stopTicks = effect(() => {
    const since = brokenSince.value;
    if (since === null) return;
    let timer: TimerId;
    const tick = () => {
      now.value = clock.now();
      const { name, checking } = link.peek();
      const isOver = name !== 'connecting' && !checking && Math.abs(now.peek() - askedAt) >= leastSeen;
      if (isOver) isChecking.value = false;
      const intoSecond = (((now.peek() - since) % 1000) + 1000) % 1000;
      timer = clock.setTimeout(tick, 1000 - intoSecond);
    };
    tick();
    return () => clock.clearTimeout(timer);
  });

  let wasShown = false;
  const strip = computed<Strip | null>(() => {
    const { name, nextTryAt } = link.value;
    const since = brokenSince.value;
    const seconds = Math.max(0, Math.ceil(((nextTryAt ?? 0) - now.value) / 1000));
    if (since === null || name === 'live' || name === 'idle') return null;
    if (name !== 'connecting' && name !== 'reconnecting') return { kind: name, seconds };
    // What is said already is not taken back. A computer whose clock was set back is no reason to keep quiet.
    if (!wasShown && now.value >= since && now.value - since < patience) return null;
    const isTried = name === 'connecting' || seconds === 0 || isChecking.value;
    return { kind: isTried ? 'reconnectingNow' : name, seconds };
  });

  const stopBack = effect(() => {
    const shown = strip.value !== null;
    const back = wasShown && !shown && link.value.name === 'live';
    if (shown) isBack.value = false;
    wasShown = shown;
    if (!back) return;
    isBack.value = true;
    clock.setTimeout(() => {
      isBack.value = false;
    }, backFor);
  });

  return {
    strip,
    since: computed(() => strip.value && (brokenSince.value || link.value.since)),
    isChecking,
    isBack,
    asked() {
      askedAt = clock.now();
      isChecking.value = true;
    },
    stop() {
      stopBreaks();
      stopTicks();
      stopBack();
    },
  };
}
