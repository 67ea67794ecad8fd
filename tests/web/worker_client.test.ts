import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Activity } from '../../web/host/activity.ts';
import type { WorkerClient } from '../../web/host/worker_client.ts';

interface Verbs {
  ask: { args: string; result: string; progress: never };
}
interface Events {
  said: string;
}

/** A worker that never answers by itself. */
class SilentWorker extends EventTarget {
  static readonly all: SilentWorker[] = [];
  terminated = false;
  readonly posted: { id: number }[] = [];
  constructor() {
    super();
    SilentWorker.all.push(this);
  }
  postMessage(message: { id: number }): void {
    this.posted.push(message);
  }
  terminate(): void {
    this.terminated = true;
  }
  say(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

const crashed = { code: 'internal', message: 'It stopped.', detail: '' };
const activity = new Activity();
let client: WorkerClient<Verbs, Events>;

before(async () => {
  Object.assign(globalThis, {
    Worker: SilentWorker,
    document: { baseURI: 'http://127.0.0.1/' },
    location: { origin: 'http://127.0.0.1' },
  });
  const module = await import('../../web/host/worker_client.ts');
  client = new module.WorkerClient<Verbs, Events>({ path: 'a.worker.js', crashed, activity });
});

test('worker: a crash settles every pending call with its sentence, and the next call starts a new worker', async () => {
  const heard: string[] = [];
  let crashes = 0;
  client.on('said', (text) => heard.push(text));
  client.on_crash(() => (crashes += 1));

  const calls = [client.call('ask', 'one'), client.call('ask', 'two')];
  SilentWorker.all[0]?.say({ event: 'said', payload: 'before' });
  SilentWorker.all[0]?.dispatchEvent(new Event('error', { cancelable: true }));
  for (const call of calls) await assert.rejects(call, /It stopped\./);
  assert.equal(SilentWorker.all[0]?.terminated, true);
  assert.equal(crashes, 1);

  const answer = client.call('ask', 'three');
  const second = SilentWorker.all[1] as SilentWorker;
  second.say({ event: 'said', payload: 'after' });
  second.say({ id: second.posted[0]?.id, ok: true, value: 'yes' });
  assert.equal(await answer, 'yes');
  assert.deepEqual(heard, ['before', 'after']);
});

test('worker: the page is idle once every call has settled', async () => {
  const call = client.call('ask', 'four');
  let idle = false;
  const waiting = activity.idle().then(() => (idle = true));
  await Promise.resolve();
  assert.equal(idle, false);
  client.end({ code: 'cancelled', message: 'Ended.', detail: '' });
  await assert.rejects(call, /Ended\./);
  await waiting;
  assert.equal(idle, true);
});
