// `fieldset[data-narrows]`: a long list of boxes to tick. Offers a line that leaves those with these letters in their name,
// and says beneath which are ticked, since those may be out of sight. Without it the list scrolls.
import { firstTime } from './once.js';

const LONG = 9;
const nameOf = (label) => (label.querySelector('span').firstChild?.textContent ?? '').trim();

function narrow(field) {
  const labels = Array.from(field.querySelectorAll('label.check'));
  const find = field.querySelector('[data-find]');
  const chosen = field.querySelector('[data-chosen]');
  const say = () => {
    const names = labels.filter((label) => label.control.checked).map(nameOf);
    chosen.textContent = names.length ? `已选 ${names.length} 个：${names.join('、')}` : '';
  };
  field.addEventListener('change', say);
  say();
  if (labels.length < LONG) return;
  find.hidden = false;
  find.control.addEventListener('input', () => {
    const wanted = find.control.value.trim().toLowerCase();
    labels.forEach((label) => { label.hidden = !label.textContent.toLowerCase().includes(wanted); });
    for (const group of field.querySelectorAll('[data-group]')) {
      group.hidden = !Array.from(group.querySelectorAll('label')).some((label) => !label.hidden);
    }
    field.querySelector('[data-none]').hidden = labels.some((label) => !label.hidden);
  });
  // Enter would send the form, which is not finished.
  find.control.addEventListener('keydown', (event) => { if (event.key === 'Enter') event.preventDefault(); });
}

export function narrowLists(root) {
  firstTime(root, 'fieldset[data-narrows]', 'narrowing').forEach(narrow);
}
