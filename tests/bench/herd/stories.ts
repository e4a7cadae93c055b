// The three stories of the herd, each told to one policy: what happens to ten thousand clients, and what the
// installation sees of it. Pure but for the peer's globals; the same seed tells the same story.
import { seededRandom } from '../../server/testing/seeded-random';
import type { Client, Seat } from './client';
import { Installation, processes, type Way } from './installation';
import { ourClient } from './our-client';
import { peerClient, withPeerGlobals } from './peer-client';
import { Computer, VirtualClock } from './virtual-clock';

export type Policy = 'ours' | 'peer';

export interface Outcome {
  /** Milliseconds from the moment from which it was possible until subscribed, one per client. */
  waits: number[];
  /** Milliseconds since the story's moment. */
  handshakes: number[];
  gapReads: number[];
  inVain: number;
}

interface Member {
  way: Way;
  client: Client;
  /** Since when it could have been subscribed; null before it could. */
  possibleAt: number | null;
}

/** Clients that have been subscribed for a while, at phases of their own. */
class Herd {
  readonly clock = new VirtualClock();
  readonly installation = new Installation(this.clock);
  readonly members: Member[];
  readonly waits: number[] = [];

  constructor(policy: Policy, clients: number, random: () => number) {
    const make = policy === 'ours' ? ourClient : peerClient;
    this.members = Array.from({ length: clients }, () =>
      this.#member(make, seededRandom(2 ** 32 * random())),
    );
    for (const { way, client } of this.members)
      this.clock.after(30_000 * random(), () => way.computer.act(() => client.start()));
    this.pass(50_000);
    this.installation.forgetCounts();
  }

  pass(ms: number): void {
    this.clock.runUntil(this.clock.now() + ms);
  }

  #member(make: (seat: Seat) => Client, fraction: () => number): Member {
    const way: Way = {
      computer: new Computer(this.clock),
      latency: 10 + 40 * fraction(),
      process: Math.floor(processes * fraction()),
      hasNetwork: true,
    };
    const subscribed = () => {
      this.installation.readGap(way);
      if (member.possibleAt === null) return;
      this.waits.push(this.clock.now() - member.possibleAt);
      member.possibleAt = null;
    };
    const client = make({ installation: this.installation, way, fraction, subscribed });
    const member: Member = { way, client, possibleAt: null };
    return member;
  }

  nowPossible(members = this.members): void {
    for (const member of members) member.possibleAt = this.clock.now();
  }

  /** Lets everybody come back, and tells what was seen since `from`. */
  outcome(from: number): Outcome {
    for (let seconds = 0; seconds < 300 && this.waits.length < this.members.length; seconds++)
      this.pass(1_000);
    if (this.waits.length !== this.members.length)
      throw new Error(`${this.members.length - this.waits.length} clients never came back`);
    const since = (times: number[]) => times.map((at) => at - from);
    const { handshakes, gapReads, inVain } = this.installation;
    return { waits: this.waits, handshakes: since(handshakes), gapReads: since(gapReads), inVain };
  }
}

export type Story = (herd: Herd, random: () => number) => Outcome;

/** All sockets close at one instant, and the installation is away for so long. `watched`: share of open panels. */
export function outage(ms: number, watched = 1): Story {
  return (herd, random) => {
    for (const { client } of herd.members) client.isWatched(random() < watched);
    herd.installation.die();
    herd.pass(ms);
    herd.installation.state = 'up';
    herd.nowPossible();
    return herd.outcome(herd.clock.now());
  };
}

/** The cable is restarted and says so. */
export const cableRestart: Story = (herd) => {
  herd.installation.restartCable();
  herd.nowPossible();
  return herd.outcome(herd.clock.now());
};

/**
 * Laptops that slept since the evening wake within `wakesWithin` ms, and have a network 2 s later; their sockets look
 * open. `told`: then the browser says so, by the event that the policy listens to.
 */
export function morning(wakesWithin: number, told: boolean): Story {
  return (herd, random) => {
    for (const { way } of herd.members) {
      herd.clock.after(3_000 * random(), () => {
        way.computer.sleep();
        way.hasNetwork = false;
      });
    }
    herd.pass(10_000);
    herd.installation.dropSilently();
    herd.pass(14 * 3_600_000);
    herd.installation.forgetCounts();
    const from = herd.clock.now();
    for (const member of herd.members) {
      const { way, client } = member;
      const wakesIn = wakesWithin * random();
      herd.clock.after(wakesIn, () => way.computer.wake());
      herd.clock.after(wakesIn + 2_000, () => {
        way.hasNetwork = true;
        herd.nowPossible([member]);
        if (told) way.computer.act(() => client.isTold());
      });
    }
    herd.pass(wakesWithin);
    return herd.outcome(from);
  };
}

/** Tells a story to a policy. */
export function tell(story: Story, policy: Policy, clients: number, seed: number): Outcome {
  const random = seededRandom(seed);
  const run = () => story(new Herd(policy, clients, random), random);
  return policy === 'peer' ? withPeerGlobals(seededRandom(seed + 1), run) : run();
}
