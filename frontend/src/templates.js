// `form[data-fills=ID]` with a choice of ready words: puts the chosen words into that text without loading the page anew,
// and never over what is already written. Without it the form asks the server for the page with the words filled in.
import { firstTime } from './once.js';

export function insertTemplates(root) {
  for (const form of firstTime(root, 'form[data-fills]', 'fills')) {
    form.addEventListener('submit', (event) => {
      const field = document.getElementById(form.dataset.fills);
      const chosen = form.querySelector('option:checked');
      if (!field || !chosen) return;
      event.preventDefault();
      const words = chosen.dataset.words || '';
      const written = field.value.trimEnd();
      field.value = written && words ? `${written}\n\n${words}` : written || words;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.focus();
    });
  }
}
