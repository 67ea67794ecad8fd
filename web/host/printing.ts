// Hands text to the browser's print window, as a page of its own: the canvas is a picture and is not printed. Main thread.

export interface PrintedPage {
  title: string;
  /** Drawn large, as it stands. */
  code: string;
  paragraphs: string[];
}

/** Settles when the print window was closed. Nothing of the page stays in the document. */
export async function print_page({ title, code, paragraphs }: PrintedPage): Promise<void> {
  const page = document.createElement('section');
  page.className = 'printed';
  const add = (kind: string, text: string): void => {
    const element = document.createElement(kind);
    element.textContent = text;
    page.append(element);
  };
  add('h1', title);
  add('pre', code);
  for (const text of paragraphs) add('p', text);
  document.body.append(page);
  try {
    const closed = new Promise((resolve) => addEventListener('afterprint', resolve, { once: true }));
    window.print();
    await closed;
  } finally {
    page.remove();
  }
}
