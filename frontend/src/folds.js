// `details[data-opened-by=VALUE]` inside a form: choosing that value opens it, so that nobody sends what they have not seen.
// Without it the fold is there to be opened by hand, and the server looks at what was sent all the same.
import { firstTime } from './once.js';

export function openFolds(root) {
  for (const fold of firstTime(root, 'details[data-opened-by]', 'opened')) {
    const form = fold.closest('form');
    if (!form) continue;
    form.addEventListener('change', (event) => {
      if (event.target.type === 'radio' && event.target.value === fold.dataset.openedBy) fold.open = true;
    });
  }
}
