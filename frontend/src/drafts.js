// `form[data-draft=NAME]`: what is written is kept on this device until it is sent (`[data-draft-sent=NAME]`) or a day has
// passed. Files, passwords and hidden fields are never kept.
import { firstTime } from './once.js';

const DAY_MS = 86400000;
const key = (name) => `huiyin-draft-${name}`;

function fieldsOf(form) {
  return Array.from(form.elements).filter((field) => field.name && !field.name.startsWith('_')
    && /^(INPUT|TEXTAREA|SELECT)$/.test(field.tagName) && !/^(hidden|file|password|submit|button)$/.test(field.type));
}

const isChoice = (field) => field.type === 'radio' || field.type === 'checkbox';

function read(name) {
  try {
    const kept = JSON.parse(localStorage.getItem(key(name)));
    return kept && Date.now() - kept.at < DAY_MS ? kept : null;
  } catch {
    return null;
  }
}

function write(name, form) {
  const values = fieldsOf(form).map((field) => [field.name, field.value, isChoice(field) ? field.checked : null]);
  try {
    localStorage.setItem(key(name), JSON.stringify({ at: Date.now(), values }));
    return true;
  } catch {
    return false;
  }
}

function fill(form, values) {
  const fields = fieldsOf(form);
  for (const [name, value, checked] of values) {
    const field = fields.find((one) => one.name === name && (checked === null || one.value === value));
    if (!field) continue;
    if (checked === null) field.value = value;
    else field.checked = checked;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

function clock() {
  const now = new Date();
  return `${String(now.getHours()).padStart(2, '0')}:${String(now.getMinutes()).padStart(2, '0')}`;
}

function keep(form) {
  const { draft: name } = form.dataset;
  const isUntouched = fieldsOf(form).every((field) => isChoice(field) || field.tagName === 'SELECT' || !field.value.trim());
  const kept = read(name);
  const line = document.createElement('p');
  line.className = 'counter';
  line.setAttribute('aria-live', 'polite');
  form.appendChild(line);
  if (kept && isUntouched && !document.getElementById('errors')) {
    fill(form, kept.values);
    line.textContent = '已找回您上次没写完的内容';
  }
  let timer;
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (write(name, form)) line.textContent = `已存在本机 ${clock()}`;
    }, 800);
  });
}

export function rememberDrafts(root) {
  for (const sent of root.querySelectorAll('[data-draft-sent]')) {
    try {
      localStorage.removeItem(key(sent.dataset.draftSent));
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  }
  firstTime(root, 'form[data-draft]', 'draft').forEach(keep);
}
