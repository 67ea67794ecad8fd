// The message screens of the real page, one by name: /messages?state=webgl2 . What the browser lacks is only said.
import { missing_message, type Missing } from '../../../web/boot/capabilities.ts';
import { reload_action, show_message } from '../../../web/boot/message_screen.ts';

const state = new URLSearchParams(location.search).get('state') as Missing;
const go_on = { label: 'Go on without recording', run: () => undefined };
show_message({ ...missing_message(state), actions: [state === 'microphone' ? go_on : reload_action] });
await document.fonts.ready;
document.documentElement.dataset['ready'] = 'yes';
