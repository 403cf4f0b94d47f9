// The field for a definition: its lines have numbers, and those with problems are marked and can be gone to.
const field = document.getElementById('definition'), gutter = document.querySelector('.gutter');

function number() {
  const lines = field.value.split('\n').length;
  const wrong = new Set([...document.querySelectorAll('#p-definition [data-line]')].map(at => Number(at.dataset.line)));
  gutter.replaceChildren(...Array.from({length: lines}, (_, i) => {
    const line = document.createElement('span');
    line.textContent = `${i + 1}\n`;
    line.classList.toggle('fail', wrong.has(i + 1));
    return line;
  }));
  gutter.scrollTop = field.scrollTop;
}

function goTo(line) {
  const lines = field.value.split('\n'), start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  field.focus();
  field.setSelectionRange(start, start + (lines[line - 1] ?? '').length);
  field.scrollTop = (line - 4) * parseFloat(getComputedStyle(field).lineHeight);
}

field.addEventListener('input', number);
field.addEventListener('scroll', () => { gutter.scrollTop = field.scrollTop; });
document.addEventListener('htmx:afterSettle', number);
document.addEventListener('click', event => {
  const at = event.target.closest('#p-definition .line');
  if (at) goTo(Number(at.parentElement.dataset.line));
});
number();
