// Makes a part of the page equal to a fresh copy of it by changing only what differs, so that focus, selection, scroll
// positions and opened details stay. What is marked data-keep belongs to a script and is left alone once it is there;
// elements with a data-key are the same ones wherever they stand.
const key = node => node.nodeType === Node.ELEMENT_NODE ? node.dataset.key : undefined;
const same = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && key(a) === key(b);

export function patch(old, next) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== next.data) old.data = next.data;
    return;
  }
  if ('keep' in old.dataset) return;
  const unchangedTime = old.nodeName === 'TIME' && old.dateTime === next.dateTime;
  patchAttributes(old, next);
  if (!unchangedTime) patchChildren(old, next); // the text of a time is the reader's own
}

function patchAttributes(old, next) {
  const mine = name => old.nodeName === 'DETAILS' && name === 'open' || old.nodeName === 'TIME' && name === 'title';
  for (const {name, value} of next.attributes) {
    if (!mine(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  for (const {name} of [...old.attributes]) {
    if (!mine(name) && name !== 'style' && !next.hasAttribute(name)) old.removeAttribute(name);
  }
}

function patchChildren(old, next) {
  const keyed = new Map([...old.children].filter(key).map(child => [key(child), child]));
  let at = old.firstChild;
  for (const child of [...next.childNodes]) {
    const found = key(child) && keyed.get(key(child)) || (at && same(at, child) ? at : null);
    if (!found || !same(found, child)) {
      old.insertBefore(document.importNode(child, true), at);
      continue;
    }
    if (found !== at) old.insertBefore(found, at);
    patch(found, child);
    at = found.nextSibling;
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}
