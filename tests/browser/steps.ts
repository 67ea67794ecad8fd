// What a physician does on the screens, in one place: the ids of the controls are used here and nowhere else.

import type { PageState } from '../../web/host/inspection.ts';
import { RecorderStatus } from '../../web/host/application.ts';
import type { Driver } from './harness.ts';

export const PASSPHRASE = 'correct horse battery';

/** Taps a field and types into the native text field that lies over it. */
export async function type_into(driver: Driver, id: string, text: string): Promise<void> {
  const { label } = await driver.appears(id);
  await driver.tap(id);
  await driver.page.waitForFunction((name) => document.activeElement?.getAttribute('aria-label') === name, label);
  await driver.page.keyboard.press('Control+A');
  await driver.page.keyboard.insertText(text);
}

export async function create_practice(driver: Driver): Promise<void> {
  await driver.until('the store answers', (state) => !state.practice_exists && state.open === 'none');
  await type_into(driver, 'passphrase.first', PASSPHRASE);
  await type_into(driver, 'passphrase.again', PASSPHRASE);
  await driver.tap('welcome.create');
  await driver.until('the practice is made', (state) => state.open === 'practice');
  await driver.tap('keys.later');
}

export async function unlock_practice(driver: Driver, passphrase = PASSPHRASE): Promise<void> {
  await driver.until('the store finds the practice', (state) => state.practice_exists);
  await type_into(driver, 'passphrase.first', passphrase);
  await driver.tap('unlock.open');
  await driver.until('the practice opens', (state) => state.open === 'practice');
}

export interface VisitForm {
  name: string;
  age?: string;
  pronouns?: 'she' | 'he' | 'they';
  reason?: string;
  /** Who consents; the patient when not given. */
  consent_by?: string;
}

/** Fills the form that asks for consent; nothing is ticked before. */
export async function fill_form(driver: Driver, form: VisitForm): Promise<void> {
  await driver.tap('today.start');
  await type_into(driver, 'form.patient_name', form.name);
  if (form.age) await type_into(driver, 'form.age', form.age);
  if (form.reason) await type_into(driver, 'form.reason', form.reason);
  if (form.pronouns) await driver.tap(`form.pronouns.${form.pronouns}`);
  await driver.tap('form.consent.aloud');
  if (form.consent_by) await type_into(driver, 'form.consent_by', form.consent_by);
  else await driver.tap('form.consent_patient');
}

export async function choose_file(driver: Driver, name: string, path: string): Promise<void> {
  if (await driver.has('form.close')) await driver.tap('form.close'); // a file that was refused leaves its form open
  if (await driver.has('form.close')) await driver.tap('form.close'); // a file that was refused brings its form back
  await driver.tap('rail.today');
  await fill_form(driver, { name });
  const chooser = driver.page.waitForEvent('filechooser');
  await driver.tap('form.open_file');
  await (await chooser).setFiles(path);
}

/** Opens a file as the visit of a patient, until it is heard and written, or refused. */
export async function open_file(driver: Driver, name: string, path: string): Promise<PageState> {
  const before_choice = (await driver.state()).notices.length;
  await choose_file(driver, name, path);
  await driver.until('the file is taken', ({ transcription, notices }) => {
    return transcription?.active === true || (transcription?.failure ?? '') !== '' || notices.length > before_choice;
  });
  await driver.until('the file is read', (state) => state.transcription?.active === false);
  await driver.idle();
  return driver.state();
}

export async function start_recording(driver: Driver, form: VisitForm): Promise<PageState> {
  await fill_form(driver, form);
  await driver.tap('form.start');
  return driver.until('the recording runs', (state) => {
    if (state.recorder?.status === RecorderStatus.failed) throw new Error(state.recorder.failure);
    return state.recorder?.status === RecorderStatus.recording;
  });
}

export async function finish_recording(driver: Driver): Promise<PageState> {
  await driver.tap('record.finish');
  await driver.until('the visit is written', (state) => state.recorder?.status === RecorderStatus.idle);
  await driver.idle();
  return driver.state();
}

/** Opens a sentence of the note for editing and types after its end; the field stays open. */
export async function type_after_sentence(driver: Driver, sentence: string | RegExp, text: string): Promise<void> {
  await driver.tap(sentence);
  await driver.tap('sentence.edit');
  await driver.page.locator('textarea:visible').waitFor();
  await driver.page.keyboard.press('Control+End');
  await driver.page.keyboard.insertText(text);
}

export const visit_named = (state: PageState, name: string): PageState['visits'][number] | undefined =>
  state.visits.find((visit) => visit.patient.name === name);
