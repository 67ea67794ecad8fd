// The screen in plain DOM that stands before the application can draw, and instead of it when it cannot.
// Main thread.

export interface MessageAction {
  label: string;
  run: () => void;
}

export interface Message {
  /** Machine name, for tests and for a support call: "no_webgl2". */
  id: string;
  title: string;
  text: string;
  steps: readonly string[];
  actions: readonly MessageAction[];
  /** A line for whoever looks after the device. */
  detail: string;
}

function part(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html has no #${id}`);
  return element;
}

export function show_message(message: Message): void {
  const screen = part('message');
  screen.dataset['state'] = message.id;
  part('message-title').textContent = message.title;
  part('message-text').textContent = message.text;

  const steps = part('message-steps');
  steps.replaceChildren(
    ...message.steps.map((step) => {
      const item = document.createElement('li');
      item.textContent = step;
      return item;
    }),
  );
  steps.hidden = message.steps.length === 0;

  const actions = part('message-actions');
  actions.replaceChildren(
    ...message.actions.map((action, index) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = action.label;
      if (index === 0) button.className = 'primary';
      button.addEventListener('click', action.run);
      return button;
    }),
  );
  actions.hidden = message.actions.length === 0;

  const detail = part('message-detail');
  detail.textContent = message.detail;
  detail.hidden = message.detail === '';
  screen.hidden = false;
}

export function hide_message(): void {
  part('message').hidden = true;
}

export const reload_action: MessageAction = { label: 'Try again', run: () => location.reload() };
