// What happens when a page is reached.

/** Errors first: whoever hears the page, or has scrolled, is taken to the summary. */
export function showErrorsFirst() {
  const summary = document.getElementById('errors');
  if (summary) summary.focus();
}

/** Some web views bring back an old list from memory. Lists are loaded again; a page with something to fill in never is. */
export function keepListsFresh() {
  window.addEventListener('pageshow', (event) => {
    const hasForm = document.querySelector('form[method=post] input:not([type=hidden]), form[method=post] textarea');
    if (event.persisted && !hasForm) location.reload();
  });
}
