/** The elements that match and were not taken before: parts of a page may be looked at twice. */
export function firstTime(root, selector, mark) {
  return Array.from(root.querySelectorAll(selector)).filter((element) => {
    const key = `data-has-${mark}`;
    if (element.hasAttribute(key)) return false;
    element.setAttribute(key, '');
    return true;
  });
}
