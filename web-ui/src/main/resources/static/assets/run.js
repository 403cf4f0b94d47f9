// The page of one run: charts from its timeline, moved on by its events while it is live.
(() => {
  'use strict';
  const page = document.getElementById('run');
  const api = page.dataset.api;
  let stages, limit, plannedMs, origin; // what the page says of the plan, and where its time axis begins
  let live = page.dataset.live === 'true';
  let status = page.dataset.status;
  const byId = id => document.getElementById(id);
  const show = (id, text) => { const at = byId(id); if (at && at.textContent !== text) at.textContent = text; };
  const known = value => value !== null && value !== undefined && !Number.isNaN(value);

  // A page that was opened before the plan was made learns of it later.
  function readPlan(data) {
    stages = JSON.parse(data.stages || '[]');
    limit = data.limit ? Number(data.limit) : null;
    plannedMs = data.planned ? Number(data.planned) : null;
    origin = data.started ? Math.floor(Date.parse(data.started) / 1000) * 1000 : null;
  }
  readPlan(page.dataset);

  // The same digits as the server writes.
  const grouped = decimals => new Intl.NumberFormat('en-US', {minimumFractionDigits: decimals, maximumFractionDigits: decimals});
  const whole = grouped(0), tenths = grouped(1), hundredths = grouped(2);
  const digits = value => {
    if (!known(value)) return '–';
    const size = Math.abs(value);
    return (size >= 99.95 || size === 0 ? whole : size >= 9.995 ? tenths : hundredths).format(value);
  };
  const count = value => known(value) ? whole.format(value) : '–';
  const percent = ratio => known(ratio) ? hundredths.format(ratio * 100) + ' %' : '–';
  const clock = seconds => {
    const s = Math.max(0, Math.round(seconds)), h = Math.floor(s / 3600), m = Math.floor(s % 3600 / 60), two = n => String(n).padStart(2, '0');
    return h ? `${h}:${two(m)}:${two(s % 60)}` : `${m}:${two(s % 60)}`;
  };

  // ---- charts -------------------------------------------------------------------------------------------------------
  const points = new Map(); // second (ms) -> point
  let charts = [];
  // Canvas knows no light-dark(): let the browser resolve each colour on a probe.
  function colour(name) {
    const probe = document.createElement('i');
    probe.style.color = `var(${name})`;
    page.append(probe);
    const value = getComputedStyle(probe).color;
    probe.remove();
    return value;
  }

  function palette() {
    return {accent: colour('--accent'), soft: colour('--soft'), line: colour('--line'), card: colour('--card'), text: colour('--text'), p50: colour('--p50'), p95: colour('--p95'), p99: colour('--p99'), fail: colour('--fail'), band: colour('--band')};
  }

  function axisEnd() {
    const last = points.size ? (Math.max(...points.keys()) - origin) / 1000 + 1 : 10;
    return Math.max(last, plannedMs ? plannedMs / 1000 : 10);
  }

  function frame(c, right) {
    const text = {color: c.soft, fontSize: 10.5};
    const axis = {type: 'value', min: 0, axisLabel: text, splitLine: {lineStyle: {color: c.line}}, splitNumber: 3};
    return {
      animation: false,
      grid: {left: 46, right: 40, top: 10, bottom: 22},
      xAxis: {type: 'value', min: 0, max: axisEnd(), axisLabel: {...text, formatter: clock, hideOverlap: true}, axisLine: {lineStyle: {color: c.line}}, axisTick: {show: false}, splitLine: {show: false}, minInterval: 1, axisPointer: {label: {show: false}}},
      yAxis: right ? [axis, {...axis, position: 'right', splitLine: {show: false}}] : [axis],
      tooltip: {trigger: 'axis', confine: true, transitionDuration: 0, backgroundColor: c.card, borderColor: c.line, padding: [4, 8], textStyle: {color: c.text, fontSize: 12}, axisPointer: {type: 'line', lineStyle: {color: c.soft}},
        formatter: items => {
          const at = items[0].value[0];
          const lines = items.map(item => `${item.marker}${item.seriesName} <b>${digits(item.value[1])}</b>`);
          return `${clock(at)} <span style="color:${c.soft}">${new Date(origin + at * 1000).toLocaleTimeString()}</span><br>${lines.join('<br>')}`;
        }},
    };
  }

  const line = (name, data, color, more = {}) => ({name, type: 'line', data, showSymbol: false, symbolSize: 4, itemStyle: {color}, lineStyle: {color, width: 1.6}, ...more});

  function seriesOf() {
    const times = [...points.keys()].filter(t => t >= origin).sort((a, b) => a - b);
    const of = field => times.map(t => [(t - origin) / 1000, known(points.get(t)[field]) ? points.get(t)[field] : null]);
    return {load: of('rate'), planned: of('plannedUsers'), active: of('activeUsers'), p50: of('p50'), p95: of('p95'), p99: of('p99'), errors: of('errors')};
  }

  function stageMarks(c) {
    return {silent: true, symbol: 'none', label: {show: false}, lineStyle: {color: c.line, type: 'solid'}, data: stages.filter(s => s.start > 0).map(s => ({xAxis: s.start}))};
  }

  function limitMark(c) {
    return limit === null ? {data: []} : {silent: true, symbol: 'none', label: {show: false}, lineStyle: {color: c.fail, type: 'dashed'}, data: [{yAxis: limit}]};
  }

  function draw() {
    if (!charts.length || origin === null) return;
    const c = palette(), d = seriesOf();
    const [load, latency, errors] = charts;
    load.setOption({...frame(c, true), series: [
      line('requests/s', d.load, c.accent, {markLine: stageMarks(c), areaStyle: {color: c.band}}),
      line('users planned', d.planned, c.soft, {yAxisIndex: 1, lineStyle: {color: c.soft, width: 1.2, type: [4, 4]}}),
      line('users active', d.active, c.p50, {yAxisIndex: 1})]});
    const f = frame(c, false);
    if (limit !== null) f.yAxis[0].max = range => limit < range.max * 4 ? Math.max(limit * 1.1, range.max) : null;
    latency.setOption({...f, series: [
      line('p50', d.p50, c.p50, {markLine: stageMarks(c)}), line('p95', d.p95, c.p95, {markLine: limitMark(c)}), line('p99', d.p99, c.p99)]});
    const g = frame(c, false);
    g.yAxis[0].minInterval = 1;
    errors.setOption({...g, series: [{name: 'errors/s', type: 'bar', data: d.errors, barMaxWidth: 4, itemStyle: {color: c.fail}, markLine: stageMarks(c)}]});
  }

  function startCharts() {
    if (!window.echarts || !byId('c-load')) return;
    charts = ['c-load', 'c-latency', 'c-errors'].map(id => {
      const chart = window.echarts.init(byId(id));
      chart.group = 'run';
      return chart;
    });
    window.echarts.connect('run');
    new ResizeObserver(() => charts.forEach(chart => chart.resize())).observe(byId('c-load'));
    window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  }

  function add(at, point) {
    points.set(at, point);
  }

  async function loadTimeline() {
    const seconds = page.dataset.started && page.dataset.ended ? (Date.parse(page.dataset.ended) - origin) / 1000 : 0;
    const resolution = seconds > 7200 ? 60 : seconds > 1200 ? 10 : 1;
    const answer = await fetch(`${api}/timeline?resolution=${resolution}`, {headers: {Accept: 'application/json'}});
    if (!answer.ok) throw new Error(`timeline ${answer.status}`);
    for (const p of await answer.json()) {
      add(Date.parse(p.second), {rate: p.requests / resolution, errors: p.errors / resolution, p50: p.p50, p95: p.p95, p99: p.p99, activeUsers: p.activeUsers, plannedUsers: p.plannedUsers});
    }
    draw();
  }

  // ---- live ---------------------------------------------------------------------------------------------------------
  let elapsedMs = 0, elapsedAt = 0, total = plannedMs, last = null;

  function showClock() {
    if (status !== 'RUNNING' || !elapsedAt) return;
    const now = elapsedMs + performance.now() - elapsedAt;
    show('clock', total ? `· ${clock(Math.min(now, total) / 1000)} of ${clock(total / 1000)}` : `· ${clock(now / 1000)}`);
    const line = byId('stages'), mark = line && line.querySelector('i');
    if (!mark || !total) return;
    const share = Math.min(1, now / total);
    mark.hidden = false;
    mark.style.left = `${share * 100}%`;
    const at = now / 1000;
    stages.forEach((s, i) => line.children[i].classList.toggle('on', at >= s.start && at < s.end));
  }

  function tick(view) {
    last = view;
    if (!(view.elapsedMs > 0)) return; // provisioning
    elapsedMs = view.elapsedMs;
    elapsedAt = performance.now();
    if (known(view.plannedMs)) total = view.plannedMs;
    showFigures(view);
    const r = view.recent, at = Date.parse(view.second);
    if (!Number.isNaN(at)) add(at, {rate: r.requests, errors: r.errors, p50: r.p50, p95: r.p95, p99: r.p99, activeUsers: r.activeUsers, plannedUsers: view.plannedUsers});
    draw();
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
    show('f-users', digits(r.activeUsers));
    show('f-planned', known(view.plannedUsers) ? `${digits(view.plannedUsers)} planned` : '');
    show('f-stage', view.stage ? `stage ${view.stage}` : '');
    show('f-executors', String(view.executors.length || '–'));
    if (view.executors.length) show('f-cpu', `CPU up to ${whole.format(Math.max(...view.executors.map(e => e.cpu)) * 100)} %`);
    for (const e of view.executors) {
      const row = page.querySelector(`[data-executor="${e.number}"]`);
      if (!row) continue;
      row.children[2].textContent = count(e.requests);
      row.children[3].textContent = `${whole.format(e.cpu * 100)} %`;
    }
  }

  // The server makes the words and tables; what changed in them is taken from a fresh copy of this page.
  async function refresh() {
    const answer = await fetch(location.href, {headers: {Accept: 'text/html'}});
    if (!answer.ok || answer.redirected) throw new Error(`page ${answer.status}`);
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const over = fresh.getElementById('run').dataset.live === 'false';
    if (byId('facts') && !fresh.getElementById('facts')) location.reload(); // it was refused: nothing to measure
    const first = !page.dataset.planned && fresh.getElementById('run').dataset.planned;
    Object.assign(page.dataset, fresh.getElementById('run').dataset);
    readPlan(page.dataset);
    for (const part of page.querySelectorAll('[data-part]')) {
      const next = fresh.getElementById(part.id), when = part.dataset.part;
      const wanted = when === '' || when === 'end' && over || when === 'once' && (first || !part.children.length);
      if (!next || !wanted || !over && part.contains(document.activeElement) || part.innerHTML === next.innerHTML) continue;
      part.replaceWith(document.importNode(next, true));
    }
    if (byId('key-limit')) byId('key-limit').hidden = limit === null;
    show('f-delivered', fresh.getElementById('f-delivered')?.textContent ?? '–');
    show('f-wanted', fresh.getElementById('f-wanted')?.textContent ?? '');
    if (!over && last && last.elapsedMs > 0) showFigures(last);
    document.dispatchEvent(new CustomEvent('loadstar:changed'));
    document.title = fresh.title;
    showClock();
    return over;
  }

  function follow() {
    const note = text => show('note', text);
    let busy = false;
    const events = new EventSource(`${api}/live`);
    events.addEventListener('open', () => note(''));
    events.addEventListener('tick', event => tick(JSON.parse(event.data)));
    events.addEventListener('status', event => {
      const run = JSON.parse(event.data);
      const moved = run.status !== status;
      status = run.status;
      if (status === 'FINISHED') {
        events.close();
        clearInterval(every);
        live = false;
        refresh().then(loadTimeline).catch(() => location.reload());
      } else if (moved) {
        refresh().then(draw).catch(() => {});
      }
    });
    events.addEventListener('error', () => { if (live) note('The connection is lost; trying again …'); });
    const every = setInterval(async () => {
      if (busy || document.hidden) return;
      busy = true;
      try {
        if (await refresh() && live) location.reload();
      } catch {
        // Said by the events' own error.
      } finally {
        busy = false;
      }
    }, 3000);
    setInterval(showClock, 250);
  }

  startCharts();
  if (charts.length && status !== 'VALIDATING') loadTimeline().catch(() => show('note', 'The timeline cannot be read at the moment.'));
  if (live) follow();
})();
