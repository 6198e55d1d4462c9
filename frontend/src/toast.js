let shown;

/** A sentence at the foot of the page that goes away by itself; read out, never in the way. */
export function say(sentence, milliseconds = 5000) {
  if (shown) shown.remove();
  shown = document.createElement('p');
  shown.className = 'toast';
  shown.setAttribute('role', 'status');
  shown.textContent = sentence;
  document.body.appendChild(shown);
  const mine = shown;
  setTimeout(() => mine.remove(), milliseconds);
}
