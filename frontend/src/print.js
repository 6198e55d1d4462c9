// `button[data-print]`: opens the print window. The button is hidden until this runs; the browser's own menu always works.
import { firstTime } from './once.js';

export function offerPrinting(root) {
  for (const button of firstTime(root, 'button[data-print]', 'print')) {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  }
}
