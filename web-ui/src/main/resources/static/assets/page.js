// On every page: times in the reader's zone, questions before what cannot be undone.
(() => {
  'use strict';
  const day = new Intl.DateTimeFormat(undefined, {dateStyle: 'medium'});
  const clock = new Intl.DateTimeFormat(undefined, {hour: '2-digit', minute: '2-digit', second: '2-digit'});
  const full = new Intl.DateTimeFormat(undefined, {dateStyle: 'full', timeStyle: 'long'});

  function localTimes(root) {
    for (const time of root.querySelectorAll('time[datetime]')) {
      const at = new Date(time.dateTime);
      if (Number.isNaN(at.getTime())) continue;
      const today = at.toDateString() === new Date().toDateString();
      time.textContent = today ? clock.format(at) : `${day.format(at)}, ${clock.format(at)}`;
      time.title = full.format(at);
    }
  }

  document.addEventListener('submit', event => {
    const question = event.target.dataset.confirm;
    if (question && !window.confirm(question)) event.preventDefault();
  });
  document.addEventListener('htmx:load', event => localTimes(event.detail.elt.parentElement || document));
  document.addEventListener('htmx:responseError', event => {
    const note = document.getElementById('note');
    if (note) note.textContent = event.detail.xhr.status === 401 ? 'You were signed out. Reload the page to sign in.' : 'The server could not answer. Reload the page to try again.';
  });
  document.addEventListener('loadstar:changed', () => localTimes(document));
  localTimes(document);
})();
