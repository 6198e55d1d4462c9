// What is new while a page lies open: the number at the bell, and a line at a desk where something was done since.
// The stream ends after a quarter of an hour and is not begun again, so that a forgotten page signs nobody in for ever.

function ring(unread) {
  document.querySelectorAll('a[href="/messages"].icon-button').forEach((bell) => {
    const words = unread > 99 ? '99+' : String(unread);
    bell.setAttribute('aria-label', unread ? `消息，${words} 条未读` : '消息');
    let dot = bell.querySelector('.dot');
    if (!unread) dot?.remove();
    else {
      if (!dot) {
        dot = document.createElement('span');
        dot.className = 'dot';
        dot.setAttribute('aria-hidden', 'true');
        bell.append(dot);
      }
      dot.textContent = words;
    }
  });
}

function sayThatSomethingIsNew() {
  const main = document.querySelector('main');
  if (!main || main.querySelector('[data-live]')) return;
  const line = document.createElement('p');
  line.className = 'callout small mb-3';
  line.dataset.live = '';
  line.setAttribute('role', 'status');
  const again = document.createElement('a');
  again.href = location.href;
  again.textContent = '刷新看看';
  line.append('这里有新动静，', again, '。');
  main.prepend(line);
}

export function keepUpToDate() {
  const isSignedIn = document.querySelector('a[href="/messages"].icon-button');
  if (!isSignedIn || !('EventSource' in window)) return;
  const isList = /^\/(desk\/[^/]+|triage)$/.test(location.pathname);
  const stream = new EventSource('/live');
  let first = null;
  stream.onmessage = (message) => {
    const now = JSON.parse(message.data);
    if (first === null) first = now;
    else {
      ring(now.unread);
      if (isList && now.desk !== first.desk) sayThatSomethingIsNew();
    }
  };
  stream.onerror = () => stream.close();
  window.addEventListener('pagehide', () => stream.close());
}
