// The failing samples behind a kind of error: fetched when its row is opened. All of it is a stranger's text and stays text.
import {bytes, digits} from './figures.js';

const clock = new Intl.DateTimeFormat(undefined, {hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3});

function element(name, className, ...content) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...content);
  return made;
}

function side(title, {head, body, bytes: size, type, cut}) {
  const what = [type, size > 0 ? bytes(size) : 'no body', cut ? 'only its beginning is kept' : ''].filter(Boolean).join(', ');
  return element('div', '', element('h3', '', `${title} `, element('span', 'soft', what)), element('pre', 'exchange', [head, body].filter(Boolean).join('\n\n')));
}

function shown(sample) {
  const facts = [clock.format(new Date(sample.at)), `executor ${sample.executor}`, `${digits(sample.latencyMs)} ms`, sample.message].join(' · ');
  return element('div', 'sample', element('p', 'small', facts), element('div', 'sides', side('Request', sample.request), side('Response', sample.response)));
}

async function fill(place, button, api) {
  const {of, scenario, label, kind} = button.dataset;
  const answer = await fetch(`${api}/failures`, {headers: {Accept: 'application/json'}}).catch(() => null);
  const all = answer?.ok ? await answer.json() : [];
  const samples = all.filter(s => s.sampleKind === of && s.scenario === scenario && s.label === label && s.kind === kind);
  place.replaceChildren(...samples.length ? samples.map(shown) : [element('p', 'soft small', answer?.ok ? 'No sample of this kind was kept.' : 'The samples cannot be read at the moment.')]);
}

export function offerSamples(page) {
  page.addEventListener('click', event => {
    const button = event.target.closest('[data-failing]');
    if (!button) return;
    const row = button.closest('tbody').querySelector('.samples'), open = button.getAttribute('aria-expanded') !== 'true';
    button.setAttribute('aria-expanded', open);
    row.hidden = !open;
    if (open) fill(row.firstElementChild, button, page.dataset.api);
  });
}

// The files that executors left, to be downloaded.
export async function listFiles(page) {
  const place = page.querySelector('#files');
  const answer = place && await fetch(`${page.dataset.api}/artifacts`, {headers: {Accept: 'application/json'}}).catch(() => null);
  const files = answer?.ok ? await answer.json() : [];
  if (!place || !files.length) return;
  place.hidden = false;
  place.querySelector('ul').replaceChildren(...files.map(file => {
    const link = element('a', '', file.name);
    link.href = `${page.dataset.api}/artifacts/${encodeURIComponent(file.name)}`;
    link.download = file.name;
    return element('li', '', link, element('span', 'soft small', ` ${bytes(file.bytes)}`));
  }));
}
