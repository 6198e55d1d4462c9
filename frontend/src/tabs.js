// `nav.tabs`: a row of views that is wider than a phone begins where the present one can be seen.
import { firstTime } from './once.js';

export function showPresentTab(root) {
  for (const row of firstTime(root, 'nav.tabs', 'present-tab')) {
    const present = row.querySelector('[aria-current]');
    if (!present || row.scrollWidth <= row.clientWidth) continue;
    row.scrollLeft = present.offsetLeft - row.offsetLeft - (row.clientWidth - present.offsetWidth) / 2;
  }
}
