// On the settings page, theme and size are seen the moment they are chosen; saving keeps them.

export function tryLooks() {
  document.addEventListener('change', (event) => {
    const { name, value, form } = event.target;
    if (!form || !form.hasAttribute('data-looks') || (name !== 'theme' && name !== 'size')) return;
    const root = document.documentElement;
    if (['light', 'dark', 'large', 'huge'].includes(value)) root.dataset[name] = value;
    else delete root.dataset[name];
  });
}
