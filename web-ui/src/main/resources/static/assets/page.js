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

  // A dialog of the page's own, because the browser's would hold up everything that moves behind it.
  const dialog = document.getElementById('confirm');
  let asking = null;
  document.addEventListener('submit', event => {
    const form = event.target;
    if (!form.dataset.confirm || form === asking) return;
    event.preventDefault();
    asking = form;
    dialog.querySelector('p').textContent = form.dataset.confirm;
    dialog.querySelector('.btn.stop').textContent = event.submitter?.textContent ?? 'Yes';
    dialog.returnValue = '';
    dialog.showModal();
  });
  dialog?.addEventListener('close', () => {
    if (dialog.returnValue === 'yes' && asking.isConnected) asking.requestSubmit();
    asking = null;
  });
  document.addEventListener('htmx:load', event => localTimes(event.detail.elt.parentElement || document));
  document.addEventListener('htmx:responseError', event => {
    const note = document.getElementById('note');
    if (note) note.textContent = event.detail.xhr.status === 401 ? 'You were signed out. Reload the page to sign in.' : 'The server could not answer. Reload the page to try again.';
  });
  document.addEventListener('loadstar:changed', () => localTimes(document));
  localTimes(document);
})();
