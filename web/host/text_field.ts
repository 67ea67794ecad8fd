// The native text field that lies over the drawn text: soft keyboards, input methods, spell check, selection and
// dictation work in it as in any page. Its metrics are those of the drawn text, so that lines wrap alike.
// Main thread.

import type { TextFieldPlace } from './application.ts';

export interface TextFieldEvents {
  changed(text: string): void;
  /** Left by blur, Tab or Ctrl+Enter. */
  committed(text: string): void;
  /** Enter in a single line. */
  entered(text: string): void;
  cancelled(): void;
  /** Tab, after committed(). */
  next_field(backwards: boolean): void;
}

type Field = HTMLTextAreaElement | HTMLInputElement;

export class TextField {
  #parent: HTMLElement;
  #events: TextFieldEvents;
  #field: Field | undefined;
  #multiline = false;

  constructor(parent: HTMLElement, events: TextFieldEvents) {
    this.#parent = parent;
    this.#events = events;
  }

  get element(): Field | undefined {
    return this.#field;
  }

  /** Call it inside the pointer or key handler: focus() opens the soft keyboard only there. */
  show(place: TextFieldPlace, text: string, caret: number): void {
    this.hide();
    const field = document.createElement(place.multiline ? 'textarea' : 'input');
    if (field instanceof HTMLInputElement) {
      field.type = place.password ? 'password' : 'text';
      // A new passphrase must not be offered an old one, and names of patients must not be kept by the browser.
      field.autocomplete = place.password ? 'new-password' : 'off';
      if (place.password) field.spellcheck = false;
    } else {
      field.rows = 1;
      field.wrap = 'soft';
    }
    field.className = 'text-field';
    field.value = text;
    field.dataset['for'] = place.label;
    const style = field.style;
    // Every property that could move a letter is set here, so that no style sheet can.
    style.position = 'absolute';
    style.boxSizing = 'border-box';
    style.margin = '0';
    style.padding = '0';
    style.border = 'none';
    style.outline = 'none';
    style.borderRadius = '0';
    style.resize = 'none';
    style.overflow = 'hidden';
    style.appearance = 'none';
    style.background = 'transparent';
    style.whiteSpace = place.multiline ? 'pre-wrap' : 'pre';
    style.overflowWrap = 'break-word';
    style.wordBreak = 'normal';
    style.lineBreak = 'auto';
    style.hyphens = 'manual';
    style.letterSpacing = 'normal';
    style.wordSpacing = 'normal';
    style.textAlign = 'left';
    style.textTransform = 'none';
    style.tabSize = '4';
    style.fontFamily = 'Inter';
    style.fontStyle = 'normal';
    style.fontStretch = 'normal';
    style.fontKerning = 'none';
    style.fontVariantLigatures = 'none';
    style.fontFeatureSettings = '"calt" 0, "liga" 0, "kern" 0';
    style.textRendering = 'geometricPrecision';
    style.setProperty('-webkit-text-size-adjust', '100%');
    this.#multiline = place.multiline;
    this.#listen(field);
    this.#field = field;
    this.move(place);
    this.#parent.append(field);
    field.focus({ preventScroll: true });
    const at = caret < 0 ? text.length : Math.min(caret, text.length);
    field.setSelectionRange(at, at);
  }

  move(place: TextFieldPlace): void {
    const field = this.#field;
    if (!field) return;
    const style = field.style;
    style.left = `${place.x}px`;
    style.top = `${place.y}px`;
    style.width = `${place.width}px`;
    style.height = `${place.height}px`;
    style.fontSize = `${place.font_px}px`;
    style.lineHeight = `${place.line_height_px}px`;
    style.fontWeight = String(place.weight);
    style.textIndent = `${place.indent_px}px`;
    // A field that is scrolled stays focused, or the soft keyboard would close, but is not seen over other parts.
    style.clipPath = place.clip_top_px > 0 || place.clip_bottom_px > 0 ? `inset(${place.clip_top_px}px -8px ${place.clip_bottom_px}px)` : '';
    style.color = place.ink;
    style.caretColor = place.caret_color;
    style.colorScheme = place.dark ? 'dark' : 'light';
    if (place.background) style.background = place.background;
    field.setAttribute('aria-label', place.label);
    field.placeholder = place.placeholder;
    // A typed line more than the box knows of yet must not scroll the text away from what is drawn.
    field.scrollTop = 0;
  }

  hide(): void {
    const field = this.#field;
    if (!field) return;
    // Forgotten first: removing a focused element blurs it, and that blur is no commit.
    this.#field = undefined;
    field.remove();
  }

  /** Leaves the field as a blur would. */
  commit(): void {
    const field = this.#field;
    if (!field) return;
    this.hide();
    this.#events.committed(field.value);
  }

  #listen(field: Field): void {
    field.addEventListener('input', () => {
      if (this.#field === field) this.#events.changed(field.value);
      field.scrollTop = 0;
    });
    field.addEventListener('scroll', () => {
      field.scrollTop = 0;
    });
    field.addEventListener('blur', () => {
      // The whole window losing focus is not leaving the field.
      if (this.#field === field && document.hasFocus()) this.commit();
    });
    field.addEventListener('keydown', (event) => {
      if (!(event instanceof KeyboardEvent) || event.isComposing || this.#field !== field) return;
      if (event.key === 'Escape') {
        event.preventDefault();
        this.hide();
        this.#events.cancelled();
      } else if (event.key === 'Enter' && !this.#multiline) {
        event.preventDefault();
        this.hide();
        this.#events.entered(field.value);
      } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.commit();
      } else if (event.key === 'Tab') {
        event.preventDefault();
        this.commit();
        this.#events.next_field(event.shiftKey);
      }
      event.stopPropagation();
    });
  }
}
