// What opens the practice, as the page deals with it: the store keeps and checks, the device's lock is asked here, the
// recovery code is printed here. Main thread.

import type { KeySlots } from '../protocol/store.ts';
import { add_device_lock, ask_device_lock, device_lock_is_possible, type DeviceSecret } from './device_lock.ts';
import type { PageContext } from './page_context.ts';
import { print_page } from './printing.ts';
import { sentence_of } from './sentence.ts';

/** RecoveryCode of src/domain/keys.h. */
const RECOVERY = { none: 0, unchecked: 1, checked: 2 };

export class PracticeKeys {
  readonly #context: PageContext;
  #slots: KeySlots | undefined;
  #device_possible: boolean | undefined;

  constructor(context: PageContext) {
    this.#context = context;
  }

  /** Looks at what opens the practice, which may be locked. */
  async tell(): Promise<void> {
    this.#device_possible ??= await device_lock_is_possible();
    this.#take(await this.#context.store.call('key_slots', {}));
  }

  /** Fails with a sentence where the device does not confirm. */
  async ask_device(): Promise<DeviceSecret> {
    return ask_device_lock(this.#slots?.authenticators ?? []);
  }

  change_passphrase(present: string, passphrase: string): void {
    this.#change(this.#context.store.call('change_passphrase', { present, passphrase }), 'The passphrase is changed. The old one opens nothing any more.');
  }

  make_recovery_code(present: string): void {
    const { application, store } = this.#context;
    store.call('make_recovery_code', { present }).then(
      ({ code, ...slots }) => {
        this.#take(slots);
        application.on_recovery_code(code);
      },
      (error: unknown) => application.on_keys_failed(sentence_of(error)),
    );
  }

  recovery_code_checked(): void {
    const { application, store } = this.#context;
    store.call('recovery_code_checked', {}).then(
      (slots) => this.#take(slots),
      (error: unknown) => application.on_notice(sentence_of(error), true),
    );
  }

  print_recovery_code(code: string): void {
    const made = new Date().toLocaleDateString(undefined, { dateStyle: 'long' });
    const paragraphs = [
      `Made ${made}. It opens the practice that Chartside keeps on this device and in its backups, if the passphrase is forgotten.`,
      'Keep this paper away from the device. A newer code makes this one worthless.',
    ];
    print_page({ title: 'Chartside recovery code', code: code.replaceAll('-', '  '), paragraphs }).catch(() => {
      this.#context.application.on_notice('The browser did not print. Copy the code onto paper by hand.', true);
    });
  }

  add_device(present: string): void {
    // Asked inside the tap: some browsers want one.
    const adding = add_device_lock().then((secret) => this.#context.store.call('add_authenticator', { present, ...secret }));
    this.#change(adding, 'This device’s lock opens the practice too.');
  }

  remove_device(): void {
    this.#change(this.#context.store.call('remove_authenticators', {}), 'This device’s lock opens the practice no more.');
  }

  #change(changing: Promise<KeySlots>, sentence: string): void {
    const { application, activity } = this.#context;
    void activity.track(
      changing.then(
        (slots) => {
          this.#take(slots);
          application.on_keys_changed(sentence);
        },
        (error: unknown) => application.on_keys_failed(sentence_of(error)),
      ),
    );
  }

  #take(slots: KeySlots): void {
    this.#slots = slots;
    this.#context.application.on_keys(RECOVERY[slots.recovery], this.#device_possible ?? false, slots.authenticators.length > 0);
  }
}
