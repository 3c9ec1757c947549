// A few lines instead of a framework: elements are built, text is always text, never markup.
const SVG = 'http://www.w3.org/2000/svg';

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'vars') for (const [key, one] of Object.entries(value)) element.style.setProperty(key, one);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
export const s = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);
export const show = (place, ...children) => place.replaceChildren(...children.flat(3).filter(Boolean));

// Keeps the nodes whose data did not change, so that focus, selection and scroll stay where they are.
export function reconcile(parent, items, keyOf, build) {
  const old = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  const focused = parent.contains(document.activeElement) ? document.activeElement.closest('[data-key]')?.dataset.key : null;
  const nodes = items.map((item) => {
    const key = String(keyOf(item));
    const data = JSON.stringify(item);
    const known = old.get(key);
    if (known && known.data === data) return known;
    const node = build(item);
    node.dataset.key = key;
    node.data = data;
    return node;
  });
  const same = nodes.length === parent.children.length && nodes.every((node, index) => node === parent.children[index]);
  if (same) return;
  parent.replaceChildren(...nodes);
  if (focused) {
    const again = nodes.find((node) => node.dataset.key === focused);
    (again?.matches('button') ? again : again?.querySelector('button'))?.focus({ preventScroll: true });
  }
}

export const empty = (title, text) => h('div', { class: 'empty' }, h('p', { class: 'empty-title' }, title), h('p', {}, text));
export const skeleton = (lines) => h('div', { class: 'skeleton', 'aria-hidden': 'true' }, Array.from({ length: lines }, () => h('span', {})));
export const badge = (text, kind = '') => h('span', { class: `badge ${kind}` }, text);
