// The charts of a run: users, requests, latency and errors, one under the other on one axis of time.
import {clock, digits, known} from './figures.js';

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 86400];
const SHORT = 20 * 60; // a plan up to this length is seen whole from its first second on
const LOG = 'loadstar.latency.log';

function niceCeil(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find(n => n * power >= value * 0.9999) * power;
}

export class Charts {
  points = new Map(); // second (ms since 1970) -> figures of that second
  stages = [];
  planned = []; // corners of the line of planned users
  rates = []; // and of planned arrivals per second
  delivered = new Map(); // scenario -> its load delivered, percent of the planned, by second
  target = new Map(); // id of a query to the target's Prometheus -> its values, by second
  limit = null;
  plannedMs = null;
  origin = null; // where the axis of time begins, ms since 1970
  live = false;
  newest = null;
  logarithmic = localStorage.getItem(LOG) === 'true';
  #charts = {};

  constructor(page) {
    this.page = page;
    this.find();
    window.echarts.connect('run');
    new ResizeObserver(() => {
      this.#each(chart => chart.resize());
      this.draw();
    }).observe(page.querySelector('[data-chart=users]'));
    window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.draw());
    this.#offerLogarithm();
  }

  // Those that the page has by now.
  find() {
    for (const place of this.page.querySelectorAll('[data-chart]')) {
      if (!this.#charts[place.dataset.chart] && !place.closest('[hidden]')) this.#begin(place);
    }
  }

  // A chart that only some runs have.
  reveal(name) {
    const place = this.page.querySelector(`[data-chart=${name}]`);
    if (this.#charts[name] || !place) return;
    place.closest('[hidden]').hidden = false;
    this.#begin(place);
  }

  #begin(place) {
    const chart = window.echarts.init(place);
    chart.group = 'run';
    this.#charts[place.dataset.chart] = chart;
    place.addEventListener('keydown', event => this.#walk(event));
    place.addEventListener('blur', () => this.#each(c => c.dispatchAction({type: 'hideTip'})));
  }

  add(at, point) {
    this.points.set(at, point);
    if (this.newest === null || at > this.newest) this.newest = at;
  }

  clear() {
    this.points.clear();
    this.newest = null;
  }

  draw() {
    if (this.origin === null) return;
    const c = this.#palette(), times = [...this.points.keys()].filter(t => t >= this.origin).sort((a, b) => a - b);
    const of = field => times.map(t => [(t - this.origin) / 1000, this.points.get(t)[field] ?? null]);
    for (const place of this.page.querySelectorAll('.chart-empty')) place.hidden = times.length > 0;
    this.#set('arrivals', this.#frame(c, {}), [
      this.#line('begun', of('begun'), c.accent, {...this.#marks(c), areaStyle: {color: c.area}}),
      this.#line('planned', this.#plannedLine(this.rates), c.soft, {lineStyle: {color: c.soft, width: 1.2, type: [4, 4]}}),
      this.#line('dropped', of('dropped'), c.fail)]);
    this.#set('users', this.#frame(c, {minInterval: 1}), [
      this.#line('active', of('activeUsers'), c.accent, {...this.#marks(c), areaStyle: {color: c.area}}),
      this.#line('planned', this.#plannedLine(this.planned), c.soft, {lineStyle: {color: c.soft, width: 1.2, type: [4, 4]}})]);
    this.#set('requests', this.#frame(c, {}), [
      this.#line('requests/s', of('rate'), c.accent, {...this.#marks(c), areaStyle: {color: c.area}})]);
    this.#set('latency', this.#frame(c, this.#latencyAxis(times), ' ms'), [
      this.#line('p50', this.#positive(of('p50')), c.p50, this.#marks(c)),
      this.#line('p95', this.#positive(of('p95')), c.p95, {markLine: this.#limitLine(c)}),
      this.#line('p99', this.#positive(of('p99')), c.p99),
      ...this.#intended(c, of('p95Intended'))]);
    const errors = of('errors');
    this.#set('errors', this.#frame(c, {minInterval: 1, ...(errors.some(e => e[1] > 0) ? {} : {max: 1})}), [
      {name: 'errors/s', type: 'bar', data: errors, barMaxWidth: 4, itemStyle: {color: c.fail}, ...this.#marks(c)}]);
    this.#drawDelivered(c);
    this.#drawTarget(c);
  }

  #drawDelivered(c) {
    const colours = [c.accent, c.p95, c.p99, c.p50];
    const lines = [...this.delivered].map(([scenario, shares], i) => this.#line(scenario, this.#inOrder(shares), colours[i % colours.length]));
    if (lines.length) Object.assign(lines[0], this.#marks(c));
    this.#set('delivered', this.#frame(c, {}, ' %'), lines);
  }

  #inOrder(values) {
    return [...values].sort((a, b) => a[0] - b[0]).map(([at, value]) => [(at - this.origin) / 1000, value]);
  }

  #drawTarget(c) {
    for (const [id, values] of this.target) {
      const name = `target ${id}`, unit = this.page.querySelector(`[data-chart="${CSS.escape(name)}"]`)?.dataset.unit ?? '';
      this.#set(name, this.#frame(c, {}, unit), [this.#line(id, this.#inOrder(values), c.accent, this.#marks(c))]);
    }
  }

  #each(what) {
    Object.values(this.#charts).forEach(what);
  }

  #set(name, frame, series) {
    this.#charts[name]?.setOption({...frame, series});
  }

  #positive(data) {
    return this.logarithmic ? data.map(([at, value]) => [at, value > 0 ? value : null]) : data;
  }

  // Canvas knows no light-dark(): let the browser resolve each colour on a probe.
  #palette() {
    const probe = document.createElement('i');
    this.page.append(probe);
    const colours = {};
    for (const name of ['accent', 'soft', 'line', 'card', 'text', 'p50', 'p95', 'p99', 'fail', 'band', 'area']) {
      probe.style.color = `var(--${name})`;
      colours[name] = getComputedStyle(probe).color;
    }
    probe.remove();
    return colours;
  }

  // A finished run is shown as far as it went. A live one is shown to the end of its plan, or, where that is far away or
  // not known, to a round time that it has not reached yet.
  #end() {
    const last = this.newest === null ? 0 : (this.newest - this.origin) / 1000 + 1;
    if (!this.live) return Math.max(last, 10);
    const plan = this.plannedMs === null ? Infinity : this.plannedMs / 1000;
    if (plan <= SHORT) return Math.max(last, plan);
    let round = 60;
    while (round < last) round *= 2;
    return Math.max(last, Math.min(plan, round));
  }

  #frame(c, y, unit = '') {
    const text = {color: c.soft, fontSize: 10.5}, end = this.#end(), width = this.page.querySelector('[data-chart]').clientWidth;
    const interval = STEPS.find(step => end / step <= Math.max(3, width / 110)) ?? 86400 * 7;
    return {
      animation: false,
      grid: {left: 46, right: 14, top: 8, bottom: 20},
      xAxis: {type: 'value', min: 0, max: end, interval, axisLabel: {...text, formatter: clock, showMaxLabel: end % interval === 0}, axisLine: {lineStyle: {color: c.line}}, axisTick: {show: false}, splitLine: {show: false}, axisPointer: {label: {show: false}}},
      yAxis: {type: 'value', min: 0, max: null, axisLabel: {...text, formatter: value => value >= 100000 ? `${digits(value / 1000)}k` : value.toLocaleString('en-US')}, axisLine: {show: false}, axisTick: {show: false}, splitLine: {lineStyle: {color: c.line}}, splitNumber: 3, ...y},
      tooltip: {trigger: 'axis', confine: true, transitionDuration: 0, backgroundColor: c.card, borderColor: c.line, padding: [4, 8], textStyle: {color: c.text, fontSize: 12}, axisPointer: {type: 'line', lineStyle: {color: c.soft}}, formatter: items => this.#tip(items, unit)},
    };
  }

  // An element and not a text, because the page's policy lets no markup bring styles of its own.
  #tip(items, unit) {
    const at = items[0].value[0], stage = this.stages.find(s => at >= s.start && at < s.end);
    const tip = document.createElement('div'), head = tip.appendChild(document.createElement('div'));
    tip.className = 'tip';
    head.textContent = [clock(at), stage?.name, new Date(this.origin + at * 1000).toLocaleTimeString()].filter(Boolean).join(' · ');
    for (const item of items) {
      const row = tip.appendChild(document.createElement('div')), dot = row.appendChild(document.createElement('i'));
      dot.style.background = item.color;
      row.append(item.seriesName, Object.assign(document.createElement('b'), {textContent: digits(item.value[1]) + (known(item.value[1]) ? unit : '')}));
    }
    return tip;
  }

  #line(name, data, color, more = {}) {
    return {name, type: 'line', data, showSymbol: data.filter(d => d[1] !== null).length === 1, symbolSize: 4, itemStyle: {color}, lineStyle: {color, width: 1.6}, ...more};
  }

  // Latency from when the schedule wanted it, where there is one.
  #intended(c, data) {
    const there = data.some(point => point[1] !== null);
    document.getElementById('key-intended').hidden = !there;
    return there ? [this.#line('p95 intended', this.#positive(data), c.p95, {lineStyle: {color: c.p95, width: 1.6, type: [4, 4]}})] : [];
  }

  // Sampled, so that the pointer finds a planned value at every second.
  #plannedLine(corners) {
    if (corners.length < 2) return [];
    const end = corners.at(-1).second, step = Math.max(1, Math.ceil(end / 1200)), line = [];
    for (let at = 0, corner = 0; at <= end; at += step) {
      while (corner < corners.length - 2 && corners[corner + 1].second <= at) corner++;
      const a = corners[corner], b = corners[corner + 1], share = Math.min(1, (at - a.second) / (b.second - a.second || 1));
      line.push([at, a.value + (b.value - a.value) * share]);
    }
    return line;
  }

  // Seconds that nobody judges, such as the slow first ones, may leave the chart at its top: they do not set its scale.
  #latencyAxis(times) {
    if (this.logarithmic) return {type: 'log', min: null};
    const judged = times.filter(t => this.stages.some(s => s.measured && t >= this.origin + s.start * 1000 && t < this.origin + s.end * 1000));
    const most = (judged.length > 2 ? judged : times).reduce((max, t) => Math.max(max, this.points.get(t).p99 ?? 0, this.points.get(t).p95Intended ?? 0), 0);
    return most > 0 ? {max: niceCeil(this.limit !== null && this.limit < most * 4 ? Math.max(this.limit * 1.05, most) : most)} : {};
  }

  #marks(c) {
    const unjudged = this.stages.some(s => !s.measured);
    return {
      markLine: {silent: true, symbol: 'none', label: {show: false}, lineStyle: {color: c.line, type: 'solid'}, data: this.stages.filter(s => s.start > 0).map(s => ({xAxis: s.start}))},
      markArea: {silent: true, itemStyle: {color: c.band}, data: unjudged ? this.stages.filter(s => s.measured).map(s => [{xAxis: s.start}, {xAxis: s.end}]) : []},
    };
  }

  #limitLine(c) {
    return {silent: true, symbol: 'none', label: {show: false}, lineStyle: {color: c.fail, type: 'dashed'}, data: this.limit === null ? [] : [{yAxis: this.limit}]};
  }

  #offerLogarithm() {
    const button = this.page.querySelector('[data-log-axis]');
    const show = () => button.setAttribute('aria-pressed', this.logarithmic);
    button.addEventListener('click', () => {
      this.logarithmic = !this.logarithmic;
      localStorage.setItem(LOG, this.logarithmic);
      show();
      this.draw();
    });
    show();
  }

  // The arrow keys move the pointer through the seconds.
  #walk(event) {
    const step = {ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity}[event.key];
    if (!step) return;
    event.preventDefault();
    const last = this.points.size - 1;
    this.at = Math.min(last, Math.max(0, (this.at ?? (step > 0 ? -1 : last + 1)) + step));
    this.#each(chart => chart.dispatchAction({type: 'showTip', seriesIndex: 0, dataIndex: this.at}));
  }
}
