// The page of one run: its charts from the timeline, moved on by its events while it is live.
import {Charts} from './charts.js';
import {bytes, clock, count, digits, known, percent, roughPercent} from './figures.js';
import {Logs} from './logs.js';
import {patch} from './patch.js';
import {listFiles, offerSamples} from './samples.js';

const page = document.getElementById('run');
const api = page.dataset.api;
const REFRESH = 3000, AGAIN = 2000, MOST_POINTS = 3600;
const byId = id => document.getElementById(id);
const show = (id, text) => { const at = byId(id); if (at && at.textContent !== text) at.textContent = text; };
const note = text => show('note', text);
const charts = window.echarts && page.querySelector('[data-chart]') ? new Charts(page) : null;
const logs = new Logs(page);
let events = null, retry = 0, signedIn = true;
let last = null, total = null, startedAt = null; // the newest tick, and the run's time by this browser's clock

const isLive = () => page.dataset.live === 'true';

// What the page says of the plan; one that was opened before the plan was made learns of it later.
function readPlan() {
  const data = page.dataset;
  total = data.planned ? Number(data.planned) : null;
  for (const stage of page.querySelectorAll('[data-grow]')) stage.style.flexGrow = stage.dataset.grow;
  if (!charts) return;
  charts.find();
  charts.live = isLive();
  charts.stages = JSON.parse(data.stages || '[]');
  charts.planned = JSON.parse(data.users || '[]');
  charts.rates = JSON.parse(data.rates || '[]');
  if (charts.rates.length) charts.reveal('arrivals');
  charts.limit = data.limit ? Number(data.limit) : null;
  charts.plannedMs = total;
  charts.origin = data.started ? Math.floor(Date.parse(data.started) / 1000) * 1000 : null;
}

function resolutionNow() {
  const until = page.dataset.ended ? Date.parse(page.dataset.ended) : Date.now(), seconds = (until - charts.origin) / 1000;
  return seconds > 7200 ? 60 : seconds > 1200 ? 10 : 1;
}

async function loadTimeline() {
  if (!charts || charts.origin === null) return;
  const resolution = resolutionNow();
  const answer = await fetch(`${api}/timeline?resolution=${resolution}`, {headers: {Accept: 'application/json'}});
  if (!answer.ok) throw new Error(`timeline ${answer.status}`);
  const points = await answer.json();
  charts.clear();
  for (const p of points) {
    charts.add(Date.parse(p.second), {rate: p.requests / p.length, errors: p.errors / p.length, p50: p.p50, p95: p.p95, p99: p.p99, activeUsers: p.activeUsers, p95Intended: p.p95Intended, begun: p.arrivalRate, dropped: p.droppedRate});
  }
  charts.draw();
}

// Load delivered against load planned, of each scenario: all of it, or the newest part of it.
async function loadDelivered(whole) {
  if (!charts || charts.origin === null) return;
  const newest = charts.delivered.values().next().value, last = whole || !newest ? null : Math.max(...newest.keys()) - 20000;
  const answer = await fetch(`${api}/load?resolution=${resolutionNow()}${last ? `&from=${new Date(last).toISOString()}` : ''}`, {headers: {Accept: 'application/json'}});
  if (!answer.ok) throw new Error(`load ${answer.status}`);
  const sums = new Map();
  for (const {second, scenario, planned, delivered} of await answer.json()) {
    const at = Date.parse(second), key = `${at} ${scenario}`, sum = sums.get(key) ?? {at, scenario, planned: 0, delivered: 0};
    sums.set(key, {...sum, planned: sum.planned + planned, delivered: sum.delivered + delivered});
  }
  if (whole) charts.delivered.clear();
  for (const {at, scenario, planned, delivered} of sums.values()) {
    if (!charts.delivered.has(scenario)) charts.delivered.set(scenario, new Map());
    if (at >= charts.origin && !(charts.newest < at)) charts.delivered.get(scenario).set(at, planned > 0 ? 100 * delivered / planned : null);
  }
  if (charts.delivered.size) charts.reveal('delivered');
  charts.draw();
}

// What the target's Prometheus tells: all of it at first and at the end, in between what is new.
async function loadTarget(whole) {
  if (!charts || !page.querySelector('[data-problem]')) return;
  const newest = [...charts.target.values()].map(values => Math.max(...values.keys())).filter(Number.isFinite);
  const from = whole || !newest.length ? '' : `?from=${new Date(Math.min(...newest)).toISOString()}`;
  const answer = await fetch(`${api}/target${from}`, {headers: {Accept: 'application/json'}});
  if (!answer.ok) throw new Error(`target ${answer.status}`);
  if (whole) charts.target.clear();
  for (const series of await answer.json()) {
    const values = charts.target.get(series.id) ?? new Map();
    charts.target.set(series.id, values);
    for (const {second, value} of series.values) values.set(Date.parse(second), value);
    const problem = page.querySelector(`[data-problem="${CSS.escape(series.id)}"]`);
    problem.textContent = series.problem ?? (values.size || isLive() ? '' : 'the query gave no value');
    problem.hidden = !problem.textContent;
  }
  charts.draw();
}

// ---- live -----------------------------------------------------------------------------------------------------------

function showClock() {
  if (page.dataset.status !== 'RUNNING' || startedAt === null) return;
  const now = performance.now() - startedAt;
  show('clock', total ? `· ${clock(Math.min(now, total) / 1000)} of ${clock(total / 1000)}` : `· ${clock(now / 1000)}`);
  const line = byId('stages'), mark = line?.querySelector('i');
  if (!mark || !total) return;
  mark.hidden = false;
  mark.style.transform = `translateX(${Math.min(1, now / total) * 100}%)`;
  for (const stage of line.querySelectorAll('[data-start]')) {
    stage.classList.toggle('on', now >= stage.dataset.start * 1000 && now < stage.dataset.end * 1000);
  }
}

function tick(view) {
  last = view;
  if (!(view.elapsedMs > 0)) return; // provisioning
  startedAt = performance.now() - view.elapsedMs;
  if (known(view.plannedMs)) total = view.plannedMs;
  const r = view.recent, at = Date.parse(view.second);
  if (charts) {
    charts.add(at, {rate: r.requests, errors: r.errors, p50: r.p50, p95: r.p95, p99: r.p99, activeUsers: r.activeUsers, p95Intended: r.p95Intended, begun: view.arrivals?.begun, dropped: view.arrivals?.dropped});
    if (charts.points.size > MOST_POINTS) loadTimeline().catch(() => {});
    charts.draw();
  }
  page.dataset.newest = view.second;
  showFigures(view);
  showClock();
}

function showFigures(view) {
  const r = view.recent, t = view.total;
  show('f-rate', digits(r.requestsPerSecond ?? r.requests));
  show('f-requests', `${count(t.requests)} in all`);
  show('f-p95', digits(r.p95));
  show('f-p95all', known(t.p95) ? `so far ${digits(t.p95)}, p99 ${digits(t.p99)}` : '');
  show('f-errors', percent(t.requests ? t.errors / t.requests : null));
  show('f-errorcount', `${count(t.errors)} of ${count(t.requests)}`);
  if (view.arrivals) {
    showArrivals(view.arrivals, r.activeUsers);
  } else {
    show('f-users', digits(r.activeUsers));
    show('f-planned', known(view.plannedUsers) ? `${digits(view.plannedUsers)} planned` : '');
  }
  show('f-stage', view.stage ? `stage ${view.stage}` : '');
  show('f-executors', String(view.executors.length || '–'));
  if (view.executors.length) show('f-cpu', `CPU up to ${roughPercent(Math.max(...view.executors.map(e => e.cpu)))}`);
  view.executors.forEach(e => {
    fill(`executor ${e.number}`, {requests: count(e.requests), cpu: roughPercent(e.cpu), heap: bytes(e.heapBytes)});
    fill(`health ${e.number}`, {health: [
      `GC ${count(e.gcPauseMs)} ms`,
      known(e.lagMs) ? `lag ${digits(e.lagMs)} ms` : '',
      known(e.receivedBytes) && known(e.sentBytes) ? `network ${bytes(e.receivedBytes)}/s in, ${bytes(e.sentBytes)}/s out` : '',
    ].filter(Boolean).join(' · ')});
  });
  view.labels.forEach(({scenario, label, kind, total: f}) => fill([kind, scenario, label].join('\n'), {
    requests: count(f.requests), rate: digits(f.requestsPerSecond), errors: percent(f.requests ? f.errors / f.requests : null),
    p50: digits(f.p50), p95: digits(f.p95), p99: digits(f.p99)}));
}

function showArrivals(arrivals, users) {
  show('f-load', 'Arrivals/s, last second');
  show('f-users', digits(arrivals.begun));
  show('f-planned', [`${digits(arrivals.plannedPerSecond)} planned`, `${digits(users)} users`, arrivals.droppedInAll ? `${count(arrivals.droppedInAll)} dropped` : ''].filter(Boolean).join(', '));
}

function fill(key, figures) {
  const row = page.querySelector(`[data-key="${CSS.escape(key)}"]`);
  for (const [name, text] of Object.entries(figures)) {
    const cell = row?.querySelector(`[data-figure=${name}]`);
    if (cell && cell.textContent !== text) cell.textContent = text;
  }
}

// The server makes the words and tables; what changed in them is taken from a fresh copy of this page.
async function refresh() {
  const answer = await fetch(`${location.pathname}?plan=${!byId('plan')?.children.length}`, {headers: {Accept: 'text/html'}});
  if (answer.redirected) signedOut();
  if (!answer.ok) throw new Error(`page ${answer.status}`);
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html'), next = fresh.getElementById('run');
  if (byId('facts') && !fresh.getElementById('facts')) location.reload(); // it was refused: nothing to measure
  const over = next.dataset.live === 'false';
  Object.assign(page.dataset, next.dataset);
  for (const part of page.querySelectorAll('[data-part]')) {
    const copy = fresh.getElementById(part.id);
    const wanted = {'': true, end: over, once: !part.children.length}[part.dataset.part];
    if (copy && wanted) patch(part, copy);
  }
  show('f-delivered', fresh.getElementById('f-delivered')?.textContent ?? '–');
  show('f-wanted', fresh.getElementById('f-wanted')?.textContent ?? '');
  readPlan();
  charts?.draw();
  if (!over) {
    loadTarget(false).catch(() => {});
    loadDelivered(false).catch(() => {});
  }
  if (!over && last && last.elapsedMs > 0) showFigures(last);
  document.dispatchEvent(new CustomEvent('loadstar:changed'));
  document.title = fresh.title;
  showClock();
  if (!over) return;
  leave();
  await Promise.all([loadTimeline().then(() => loadDelivered(true)), loadTarget(true), logs.read(), listFiles(page)]);
}

function signedOut() {
  signedIn = false;
  leave();
  note('You were signed out. ');
  byId('note')?.append(Object.assign(document.createElement('a'), {href: location.href, textContent: 'Sign in again'}));
  throw new Error('signed out');
}

// A browser has few connections to one server, and a page that nobody sees needs none: its stream is closed until it is
// looked at again.


function follow() {
  if (events || document.hidden || !signedIn || !isLive()) return;
  events = new EventSource(`${api}/live`);
  page.dataset.stream = 'open';
  events.addEventListener('open', () => {
    note('');
    loadTimeline().catch(() => {}); // what was missed
  });
  events.addEventListener('tick', event => tick(JSON.parse(event.data)));
  events.addEventListener('status', event => changed(JSON.parse(event.data).status));
  events.addEventListener('error', () => {
    if (!isLive()) return;
    note('The connection is lost; trying again …');
    if (events.readyState !== EventSource.CLOSED) return; // the browser tries by itself
    leave();
    clearTimeout(retry);
    retry = setTimeout(() => refresh().catch(() => {}).finally(follow), AGAIN);
  });
}

function leave() {
  events?.close();
  events = null;
  page.dataset.stream = 'closed';
}

function changed(status) {
  if (status === page.dataset.status) return;
  if (status === 'FINISHED') leave();
  refresh().catch(() => { if (status === 'FINISHED') location.reload(); });
}

function look() {
  if (document.hidden) {
    leave();
  } else if (isLive()) {
    refresh().catch(() => {}).finally(follow);
  }
}

readPlan();
offerSamples(page);
listFiles(page);
if (charts) {
  charts.draw();
  loadTimeline().then(() => loadDelivered(true)).catch(() => note('The timeline cannot be read at the moment.'));
  loadTarget(true).catch(() => note('What the target told cannot be read at the moment.'));
}
if (isLive()) {
  let busy = false;
  document.addEventListener('visibilitychange', look);
  setInterval(showClock, 250);
  setInterval(() => {
    if (busy || document.hidden || !signedIn || !isLive()) return;
    busy = true;
    refresh().catch(() => {}).finally(() => { busy = false; });
  }, REFRESH);
  follow();
}
