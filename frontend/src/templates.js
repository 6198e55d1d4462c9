// `form[data-fills=ID]` with a choice of ready words: puts the chosen words into that text without loading the page anew,
// and never over what is already written; an outcome that goes with the words is chosen too. Without it the form asks the server for the page with the words filled in.
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
      const choice = chosen.dataset.choice && document.querySelector(`input[name=outcome][value="${chosen.dataset.choice}"]`);
      if (choice) choice.click();
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.focus();
    });
  }
}
