// A form on its way: its buttons wait, a thin bar shows that something happens, and slowness is told.
import { say } from './toast.js';

let bar;
let timers = [];

function buttonsOf(form) {
  return Array.from(form.elements).filter((field) => field.type === 'submit');
}

function begin(form, pressed) {
  // After the browser has read the form: a disabled button would take its own name and value out of it.
  timers.push(setTimeout(() => {
    for (const button of buttonsOf(form)) button.setAttribute('aria-disabled', 'true');
    if (pressed) {
      pressed.dataset.words = pressed.innerHTML;
      pressed.textContent = '正在提交…';
    }
  }, 0));
  timers.push(setTimeout(() => {
    bar = document.createElement('div');
    bar.className = 'under-way';
    document.body.appendChild(bar);
  }, 300));
  const slow = form.dataset.draft ? '网络有点慢，别关页面，内容已存在本机' : '网络有点慢，请别关页面';
  timers.push(setTimeout(() => say(slow, 20000), 8000));
}

function end() {
  timers.forEach(clearTimeout);
  timers = [];
  if (bar) bar.remove();
  for (const button of document.querySelectorAll('[aria-disabled=true]')) {
    button.removeAttribute('aria-disabled');
    if (button.dataset.words !== undefined) button.innerHTML = button.dataset.words;
    delete button.dataset.words;
  }
}

export function sayThatItIsUnderWay() {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.method !== 'post' || event.defaultPrevented) return;
    if (buttonsOf(form).some((button) => button.getAttribute('aria-disabled') === 'true')) {
      event.preventDefault();
      return;
    }
    begin(form, event.submitter || document.activeElement.closest('button'));
  });
  // A page that comes back from the browser's memory is not sending any more.
  window.addEventListener('pageshow', end);
  document.addEventListener('htmx:afterRequest', end);
}
