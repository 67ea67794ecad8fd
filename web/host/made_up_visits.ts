// Fills the demo practice with the made-up visits of public/samples: their patients, and their audio as it ships.
// What is heard and written of them is done by the same engine as for any visit. Main thread.

import type { VisitSummary } from '../protocol/shapes.ts';
import { Pronouns, Sex, VisitState } from './application.ts';
import { decode_audio } from './audio_file.ts';
import { OpenedFile } from './opened_file.ts';
import type { PageContext } from './page_context.ts';
import { call_error } from './sentence.ts';

interface Sample {
  id: string;
  name: string;
  age_years: number;
  sex: keyof typeof Sex;
  pronouns: keyof typeof Pronouns;
  reason: string;
  audio: string;
}

const FIRST_VISIT_HOUR = 9;
const EVERY_MINUTES = 40;

async function fetch_sample(name: string): Promise<Response> {
  const response = await fetch(new URL(`samples/${name}`, document.baseURI));
  if (!response.ok) {
    throw call_error('not_found', 'The made-up visits could not be fetched. Check the connection, then open the demo again.', name);
  }
  return response;
}

function visit_of(sample: Sample, index: number): VisitSummary {
  const scheduled = new Date();
  scheduled.setHours(FIRST_VISIT_HOUR, index * EVERY_MINUTES, 0, 0);
  return {
    id: `made-up-${sample.id}`,
    patient: {
      id: `made-up-${sample.id}`,
      name: sample.name,
      age_years: sample.age_years,
      sex: Sex[sample.sex],
      pronouns: Pronouns[sample.pronouns],
    },
    reason: sample.reason,
    scheduled_ms: scheduled.getTime(),
    state: VisitState.planned,
    audio_ms: 0,
    check_count: 0,
    interrupted: false,
    demo: true,
  };
}

/** Adds what is missing: a seeding that was cut short is completed when the demo is opened again. */
export async function add_made_up_visits(
  context: PageContext,
  present: readonly VisitSummary[],
  on_added: () => Promise<void>,
): Promise<void> {
  const missing = (sample: Sample): boolean =>
    !present.some((visit) => visit.id === `made-up-${sample.id}` && visit.audio_ms > 0);
  const { samples } = (await (await fetch_sample('index.json')).json()) as { samples: Sample[] };
  const visits = samples.map((sample, index) => ({ sample, visit: visit_of(sample, index) }));
  const wanted = visits.filter(({ sample }) => missing(sample));
  if (wanted.length === 0) return;
  for (const { visit } of wanted) await context.store.call('save_visit', { visit });
  await on_added();

  const never = new AbortController().signal;
  for (const { sample, visit } of wanted) {
    const audio = await decode_audio(await (await fetch_sample(sample.audio)).blob(), never);
    const consent = { visit_id: visit.id, given_by: 'Made-up patient', method: 'on file', recorded_by: 'Chartside', at_ms: visit.scheduled_ms };
    const opened = new OpenedFile(context, visit, consent, 0, () => undefined);
    await opened.append_all(audio, never);
    await opened.end();
    await on_added();
  }
}
