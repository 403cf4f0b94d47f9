// The logs of a run's processes: one is shown at a time and followed while the run is live.
const EVERY = 2000, LINES = 500;

export class Logs {
  #shown = null;

  constructor(page) {
    this.page = page;
    page.addEventListener('click', event => {
      const tab = event.target.closest('[data-log]');
      if (tab) this.#choose(tab);
    });
    setInterval(() => {
      if (page.dataset.live === 'true' && !document.hidden) this.read();
    }, EVERY);
    const broken = page.querySelector('[data-log][data-broken]');
    if (broken) this.#choose(broken);
  }

  #choose(tab) {
    for (const other of this.page.querySelectorAll('[data-log]')) {
      other.setAttribute('aria-pressed', other === tab && this.#shown !== tab);
    }
    this.#shown = this.#shown === tab ? null : tab;
    this.#view().hidden = !this.#shown;
    if (this.#shown) {
      this.#view().textContent = '';
      this.read();
    }
  }

  #view() {
    return this.page.querySelector('#log');
  }

  async read() {
    const tab = this.#shown;
    if (!tab) return;
    const answer = await fetch(`${tab.dataset.log}?lines=${LINES}`).catch(() => null);
    if (!answer || tab !== this.#shown) return;
    const text = answer.ok ? await answer.text() || 'Nothing is written here, or it is not kept any more.' : 'This log cannot be read.';
    const view = this.#view(), atEnd = view.scrollTop + view.clientHeight >= view.scrollHeight - 8;
    if (view.textContent === text) return;
    view.textContent = text;
    if (atEnd) view.scrollTop = view.scrollHeight;
  }
}
