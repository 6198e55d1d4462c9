// `button[data-copy=ID]`: copies the words of that element. The button is hidden until this runs.
import { firstTime } from './once.js';

async function copy(element) {
  const words = element.textContent.trim();
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(words);
    return;
  }
  const range = document.createRange();
  range.selectNodeContents(element);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  if (!document.execCommand('copy')) throw new Error('not copied');
}

export function offerCopying(root) {
  for (const button of firstTime(root, 'button[data-copy]', 'copy')) {
    button.hidden = false;
    button.setAttribute('aria-live', 'polite');
    button.addEventListener('click', () => {
      const element = document.getElementById(button.dataset.copy);
      copy(element).then(() => { button.textContent = '已复制'; }, () => { button.textContent = '请长按复制'; });
    });
  }
}
