// Makes the pages quicker: every link and form works without script, too.
// The files of this folder are one module, in the order of their names.
// a[data-nav], form[data-auto]: swap <main> in place. a[data-dialog]: show the panel of that page as a dialog.
const dialog = document.getElementById('dialog');
const live = document.getElementById('live');
let opener = null;
let current = 0;

document.documentElement.classList.add('script');

const say = text => { if (live) { live.textContent = ''; setTimeout(() => { live.textContent = text; }, 50); } };
const parse = text => new DOMParser().parseFromString(text, 'text/html');
const main = () => document.querySelector('main[data-swap]');

async function load(url, options = {}) {
  const response = await fetch(url, { credentials: 'same-origin', headers: { Accept: 'text/html' }, ...options });
  if (!(response.headers.get('Content-Type') || '').startsWith('text/html')) throw new Error('no page');
  return { response, page: parse(await response.text()) };
}

// Replaces the page's content. The focus stays where it was if that place still exists, goes to the top of the list after a step to another page of it, and else to
// what says what is shown now: never to nowhere.
function show(page, url, push) {
  const next = page.querySelector('main[data-swap]');
  if (!next) { location.assign(url); return; }
  const active = document.activeElement;
  const wasInside = main().contains(active);
  const turned = !!active?.closest?.('.paging nav');
  const focus = active?.id;
  const caret = document.activeElement && document.activeElement.selectionStart;
  document.title = page.title;
  main().replaceWith(document.adoptNode(next));
  for (const frame of ['nav.side', '#notices']) {
    const part = page.querySelector(frame);
    if (part) document.querySelector(frame)?.replaceWith(document.adoptNode(part));
  }
  if (push) history.pushState(null, '', url);
  const message = main().querySelector('[data-flash]') || main().querySelector('[role=alert]') || main().querySelector('[data-count]');
  if (message) say(message.textContent.trim().replace(/\s+/g, ' '));
  const kept = !turned && focus && document.getElementById(focus);
  if (kept) { kept.focus({ preventScroll: true }); if (caret != null && kept.type === 'search') kept.setSelectionRange(caret, caret); }
  else if (wasInside) focusOn(main().querySelector('[data-count]') || document.getElementById('page-title'));
  prepare();
}

function focusOn(place) {
  if (!place) return;
  if (!place.hasAttribute('tabindex')) place.tabIndex = -1;
  place.focus({ preventScroll: true });
  if (place.getBoundingClientRect().top < 0) place.scrollIntoView({ block: 'start' });
}

async function visit(url, push = true) {
  const turn = ++current;
  const busy = setTimeout(() => { main().setAttribute('aria-busy', 'true'); say(live.dataset.loading); }, 250);
  try {
    const { response, page } = await load(url);
    if (turn === current) show(page, response.url, push);
  } catch {
    // The last good rows stay; the reader decides when to try again.
    if (turn === current) failed(url);
  } finally {
    clearTimeout(busy);
    main().removeAttribute('aria-busy');
  }
}

function failed(url) {
  const again = document.createElement('a');
  again.href = url;
  again.dataset.nav = '';
  again.textContent = live.dataset.retry;
  warn(main(), live.dataset.noAnswer, again);
}

function icon(name) {
  const picture = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  picture.classList.add('icon');
  picture.setAttribute('aria-hidden', 'true');
  picture.appendChild(document.createElementNS(picture.namespaceURI, 'use')).setAttribute('href', `#i-${name}`);
  return picture;
}

function warn(place, text, ...more) {
  document.getElementById('load-failed')?.remove();
  const alert = document.createElement('div');
  alert.id = 'load-failed';
  alert.className = 'alert alert-error';
  alert.setAttribute('role', 'alert');
  const line = document.createElement('p');
  line.append(text, ' ', ...more);
  alert.append(icon('error'), line);
  place.prepend(alert);
}

function address(form, submitter) {
  const url = new URL(submitter?.getAttribute('formaction') || form.getAttribute('action') || location.href, location.href);
  const data = new FormData(form, submitter);
  url.search = new URLSearchParams([...data].filter(([, value]) => value !== '')).toString();
  return url.href;
}
