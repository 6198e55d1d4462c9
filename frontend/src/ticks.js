// `form[data-ticks]`: boxes elsewhere on the page that belong to this form. Offers one box for all of them, and says how
// many are ticked. Without it every box works for itself.
import { firstTime } from './once.js';

function count(form) {
  const boxes = Array.from(form.elements).filter((box) => box.name === 'case');
  const all = document.querySelector(`[data-tick-all="${form.id}"]`);
  const words = form.querySelector('[data-ticked]');
  const before = words.textContent;
  const update = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    // What is ticked keeps its bar in sight; where there are no scripts it stands below the list.
    form.closest('[data-bar]')?.classList.toggle('is-ticked', ticked > 0);
    form.closest('[data-bar-room]')?.classList.toggle('has-desk-bar', ticked > 0);
    words.textContent = ticked ? `已选 ${ticked} 件` : before;
    if (!all) return;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  boxes.forEach((box) => box.addEventListener('change', update));
  if (all) {
    all.hidden = false;
    all.closest('label')?.removeAttribute('hidden');
    all.addEventListener('change', () => {
      boxes.forEach((box) => { box.checked = all.checked; });
      update();
    });
  }
  update();
}

export function offerTickingAll(root) {
  firstTime(root, 'form[data-ticks]', 'ticks').forEach(count);
}
