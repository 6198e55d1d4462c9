// `[data-max=N]`: says how many characters are written, and how many are too many. Nothing is cut off.
import { firstTime } from './once.js';

function count(field) {
  const max = Number(field.dataset.max);
  const line = document.createElement('p');
  line.className = 'counter';
  const words = document.createElement('span');
  words.setAttribute('aria-live', 'polite');
  const figure = document.createElement('span');
  figure.setAttribute('aria-hidden', 'true');
  line.append(words, figure);
  field.after(line);
  const update = () => {
    const length = Array.from(field.value.trim()).length;
    const over = length - max;
    line.classList.toggle('counter-over', over > 0);
    words.textContent = over > 0 ? `请删去 ${over} 字` : '';
    figure.textContent = `${length} / ${max}`;
  };
  field.addEventListener('input', update);
  update();
}

export function countCharacters(root) {
  firstTime(root, '[data-max]', 'counter').forEach(count);
}
