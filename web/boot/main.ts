// The page's entry: look at what the browser offers, load the application, wire it to the page, start.
// Main thread.

import { Activity } from '../host/activity.ts';
import type { ApplicationModuleFactory } from '../host/application.ts';
import { link_application } from '../host/application_link.ts';
import { open_desk } from '../host/desk.ts';
import { HAND_OVER_CHANNEL } from '../host/hand_over.ts';
import { watch_environment } from '../host/environment.ts';
import { offer_inspection } from '../host/inspection.ts';
import { Page } from '../host/page_host.ts';
import { WorkerClient } from '../host/worker_client.ts';
import type { InferenceEvents, InferenceVerbs } from '../protocol/inference.ts';
import type { StoreEvents, StoreVerbs } from '../protocol/store.ts';
import { first_missing, missing_message, read_capabilities } from './capabilities.ts';
import { hide_message, reload_action, show_message } from './message_screen.ts';
import { keep_for_offline, seal_with_service_worker } from './offline.ts';

const STORE_CRASHED = {
  code: 'internal',
  message: 'The part that keeps your visits stopped. What was saved is safe; open the practice again to go on.',
  detail: '',
};
const INFERENCE_CRASHED = {
  code: 'internal',
  message: 'The part that listens and writes stopped, perhaps for lack of memory. It is being started again; the audio is kept.',
  detail: '',
};

async function fetch_bytes(path: string): Promise<Uint8Array> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: status ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

async function load_application_module(): Promise<ApplicationModuleFactory> {
  const address = new URL('wasm/app.mjs', document.baseURI).href;
  const module = (await import(address)) as { default: ApplicationModuleFactory };
  return module.default;
}

/** Settles with what is to be told of the copy for offline. */
async function open_application(): Promise<(copy: number) => void> {
  const [factory, regular, medium, semibold, icons] = await Promise.all([
    load_application_module(),
    fetch_bytes('fonts/Inter_400Regular.ttf'),
    fetch_bytes('fonts/Inter_500Medium.ttf'),
    fetch_bytes('fonts/Inter_600SemiBold.ttf'),
    fetch_bytes('fonts/lucide.ttf'),
  ]);
  const activity = new Activity();
  const store = new WorkerClient<StoreVerbs, StoreEvents>({ path: 'store/store.worker.js', crashed: STORE_CRASHED, activity });
  const inference = new WorkerClient<InferenceVerbs, InferenceEvents>({
    path: 'inference/inference.worker.js',
    crashed: INFERENCE_CRASHED,
    activity,
  });
  const link = link_application();
  const tabs = new BroadcastChannel(HAND_OVER_CHANNEL);
  const page = new Page({ application: link.application, store, inference, activity, tabs });
  const desk = open_desk({
    canvas: document.querySelector('canvas') as HTMLCanvasElement,
    module: await factory(),
    host: page,
    fonts: { regular, medium, semibold, icons },
  });
  link.bind(desk.application);
  // A page out of sight gets no frames: what it showed and what was typed is gone from it all the same.
  link.watch((event) => event === 'on_locked' && desk.settle());
  offer_inspection(link, activity, () => desk);
  watch_environment(link.application, () => page.each_second());
  page.start();
  await desk.idle();
  hide_message();
  return (copy) => link.application.on_offline_copy(copy);
}

async function open_page(): Promise<void> {
  const found = await read_capabilities();
  if (found.secure && !found.isolated && (await seal_with_service_worker())) return; // the page is being reloaded
  const missing = first_missing(found);
  if (missing && missing !== 'microphone') {
    show_message({ ...missing_message(missing), actions: [reload_action] });
    return;
  }
  const go_on = (): Promise<void> => open_application().then(keep_for_offline).catch(tell_failure);
  if (missing === 'microphone') {
    const read_only = { label: 'Go on without recording', run: () => void go_on() };
    show_message({ ...missing_message(missing), actions: [read_only] });
    return;
  }
  await go_on();
}

function tell_failure(error: unknown): void {
  show_message({
    id: 'not_opened',
    title: 'Chartside could not be opened',
    text: 'A part of it could not be fetched or started. Nothing that was saved is lost.',
    steps: ['Check that this device can reach the address of Chartside.', 'Close all Chartside tabs, then open the page again.'],
    actions: [reload_action],
    detail: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
  });
}

open_page().catch(tell_failure);
