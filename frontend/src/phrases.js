// `[data-phrases=ID]`: phrases that are put into that text with one press. Hidden until this runs.
import { firstTime } from './once.js';

export function offerPhrases(root) {
  for (const row of firstTime(root, '[data-phrases]', 'phrases')) {
    row.hidden = false;
    row.addEventListener('click', (event) => {
      const button = event.target.closest('button');
      const field = document.getElementById(row.dataset.phrases);
      if (!button || !field) return;
      const phrase = button.dataset.words || button.textContent.trim();
      const written = field.value.trim();
      field.value = written ? `${written}${/[。；\n]$/.test(written) ? '' : '。'}${phrase}` : phrase;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.focus();
    });
  }
}
