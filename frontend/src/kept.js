// `form[data-kept=URL]`: what stands in the form is sent to that address after a pause in writing, and the line
// `[data-kept-line]` says when it was kept. Without it the form has a button of its own for the same.
import { firstTime } from './once.js';

const PAUSE_MS = 2500;

function valuesOf(form) {
  const values = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') values.append(name, value);
  values.append('quietly', 'yes');
  return values;
}

function keep(form) {
  const line = form.querySelector('[data-kept-line]');
  let timer;
  let isSent = false;
  form.addEventListener('submit', () => {
    isSent = true;
    clearTimeout(timer);
  });
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      try {
        const answer = await fetch(form.dataset.kept, { method: 'POST', body: valuesOf(form), credentials: 'same-origin', redirect: 'error' });
        if (isSent) return;
        line.textContent = answer.ok ? await answer.text() : '草稿没有存上，请点“存为草稿”再试';
      } catch {
        line.textContent = '没有网络，草稿还没有存上';
      }
    }, PAUSE_MS);
  });
}

export function keepWhatIsWritten(root) {
  firstTime(root, 'form[data-kept]', 'kept').forEach(keep);
}
