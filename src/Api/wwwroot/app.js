// Makes the pages quicker: every link and form works without this file, too.
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

// Replaces the page's content; keeps the focus where it was if that place still exists.
function show(page, url, push) {
  const next = page.querySelector('main[data-swap]');
  if (!next) { location.assign(url); return; }
  const focus = document.activeElement && document.activeElement.id;
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
  const kept = focus && document.getElementById(focus);
  if (kept) { kept.focus({ preventScroll: true }); if (caret != null && kept.type === 'search') kept.setSelectionRange(caret, caret); }
  prepare();
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

function warn(place, text, ...more) {
  document.getElementById('load-failed')?.remove();
  const alert = document.createElement('div');
  alert.id = 'load-failed';
  alert.className = 'alert alert-error';
  alert.setAttribute('role', 'alert');
  const line = document.createElement('p');
  line.append(text, ' ', ...more);
  alert.append(document.createElement('span'), line);
  place.prepend(alert);
}

function address(form, submitter) {
  const url = new URL(submitter?.getAttribute('formaction') || form.getAttribute('action') || location.href, location.href);
  const data = new FormData(form, submitter);
  url.search = new URLSearchParams([...data].filter(([, value]) => value !== '')).toString();
  return url.href;
}

// Dialogs

async function openDialog(url, from) {
  opener = from;
  try {
    const { response, page } = await load(url);
    const panel = page.querySelector('[data-panel]');
    if (!panel) { location.assign(response.url); return; }
    fill(panel, response.url);
    if (!dialog.open) dialog.showModal();
    focusPanel();
  } catch { location.assign(url); }
}

function fill(panel, url) {
  dialog.dataset.url = url;
  dialog.replaceChildren(document.adoptNode(panel));
  prepare();
}

function focusPanel() {
  (dialog.querySelector('[role=alert]') || dialog.querySelector('[aria-invalid]') || dialog.querySelector('[autofocus]') || dialog.querySelector('h1'))?.focus();
}

async function submitDialog(form, submitter) {
  const method = (submitter?.getAttribute('formmethod') || form.getAttribute('method') || 'get').toLowerCase();
  const url = method === 'get' ? address(form, submitter) : new URL(form.getAttribute('action') || dialog.dataset.url, location.href).href;
  submitter?.setAttribute('aria-busy', 'true');
  try {
    const body = method === 'get' ? undefined : new FormData(form, submitter);
    const { response, page } = await load(url, { method, body });
    const panel = page.querySelector('[data-panel]');
    if (panel) {
      const focus = document.activeElement?.id;
      fill(panel, method === 'get' ? response.url : dialog.dataset.url);
      const kept = focus && !panel.querySelector('[role=alert], [role=status]') && document.getElementById(focus);
      if (kept) kept.focus(); else focusPanel();
      return;
    }
    const failure = response.ok ? null : page.querySelector('main:not([data-swap]) [role=alert]');
    if (failure) {
      warn(form, [...failure.querySelectorAll('p:not(.actions)')].map(line => line.textContent).join(' '));
      return;
    }
    const from = opener?.id;
    close();
    show(page, response.url, response.url !== location.href);
    ((from && document.getElementById(from)) || document.getElementById('page-title'))?.focus();
  } catch {
    // Not sent again by itself: it may have been done.
    warn(form, live.dataset.noResult);
  } finally {
    submitter?.removeAttribute('aria-busy');
  }
}

function close() {
  if (!dialog.open) return;
  const changed = dialog.querySelector('[data-changed]');
  dialog.close();
  if (changed) visit(location.href, false);
}

dialog?.addEventListener('close', () => {
  const target = (opener?.id && document.getElementById(opener.id)) || opener;
  // A link inside a closed menu cannot take the focus: its button does.
  const button = target?.closest('[popover]') && document.querySelector(`[popovertarget="${target.closest('[popover]').id}"]`);
  (button || target)?.focus();
  opener = null;
  dialog.replaceChildren();
});

// Events

document.addEventListener('click', event => {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const toggle = event.target.closest('[data-theme-toggle]');
  if (toggle) { switchTheme(); return; }
  if (event.target === dialog) { close(); return; }
  const link = event.target.closest('a[href]');
  if (!link) return;
  if (dialog?.open && dialog.contains(link) && link.hasAttribute('data-close')) { event.preventDefault(); close(); }
  else if (dialog && link.hasAttribute('data-dialog')) {
    event.preventDefault();
    const menu = link.closest('[popover]');
    menu?.hidePopover();
    openDialog(link.href, menu ? document.querySelector(`[popovertarget="${menu.id}"]`) : link);
  } else if (main() && link.hasAttribute('data-nav')) { event.preventDefault(); visit(link.href); }
});

document.addEventListener('submit', event => {
  const form = event.target;
  guarded = null;
  if (dialog?.open && dialog.contains(form)) { event.preventDefault(); submitDialog(form, event.submitter); }
  else if (form.hasAttribute('data-dialog') && dialog) { event.preventDefault(); openDialog(address(form, event.submitter), event.submitter); }
  else if (form.hasAttribute('data-auto') && main()) { event.preventDefault(); visit(address(form, event.submitter)); }
});

document.addEventListener('change', event => {
  const box = event.target.closest('input[type=checkbox][data-all], input[type=checkbox][data-one]');
  if (box) select(box);
  const group = event.target.closest('[data-check-group]');
  if (group) checkGroup(group, event.target);
  if (event.target.form?.hasAttribute('data-guard')) guarded = event.target.form;
  const limited = event.target.closest('[data-limit]');
  if (limited) limit(limited, event.target);
  if (event.target.matches('form[data-auto] select')) event.target.form.requestSubmit();
});

let typing;
document.addEventListener('input', event => {
  if (event.target.form?.hasAttribute('data-guard')) guarded = event.target.form;
  if (event.target.matches('form[data-auto] input[type=search]')) {
    clearTimeout(typing);
    typing = setTimeout(() => event.target.form?.requestSubmit(), 400);
  } else if (event.target.matches('[data-narrow]')) narrow(event.target);
});

window.addEventListener('popstate', () => { if (dialog?.open) dialog.close(); if (main()) visit(location.href, false); });

// Choosing rows

function select(box) {
  const all = document.querySelector('[data-all]');
  const ones = [...document.querySelectorAll('[data-one]:not(:disabled)')];
  if (box === all) ones.forEach(one => { one.checked = all.checked; });
  const chosen = ones.filter(one => one.checked).length;
  all.checked = chosen > 0 && chosen === ones.length;
  all.indeterminate = chosen > 0 && chosen < ones.length;
  marked(chosen);
}

function marked(chosen) {
  const bulk = document.querySelector('[data-bulk]');
  if (!bulk) return;
  bulk.hidden = chosen === 0;
  bulk.querySelector('[data-chosen]').textContent = chosen;
}

// At most so many boxes: one more is not taken.
function limit(list, box) {
  const most = Number(list.dataset.limit);
  let chosen = list.querySelectorAll('input:checked').length;
  if (chosen > most) { box.checked = false; chosen--; }
  const form = list.closest('form');
  form.querySelector('[data-chosen]').textContent = chosen;
  const notice = form.querySelector('[data-limit-reached]');
  if (notice) notice.hidden = chosen < most;
}

// Hides the choices that do not hold the text; looks into what is folded, too.
function narrow(input) {
  const text = input.value.trim().toLowerCase();
  const list = document.getElementById(input.dataset.narrow);
  if (!list) return;
  let shown = 0;
  list.querySelectorAll('.choice, .resource').forEach(choice => {
    choice.hidden = !choice.textContent.toLowerCase().includes(text);
    if (!choice.hidden) shown++;
  });
  if (text) list.querySelectorAll('details').forEach(folded => { folded.open = true; });
  const none = list.querySelector('[data-none]');
  if (none) none.hidden = shown > 0;
  if (text) say(none && !shown ? none.textContent : String(shown));
}

// A box for all boxes of its group; it shows how many of them are checked.
function checkGroup(group, box) {
  const all = group.querySelector('[data-check-all]');
  const boxes = [...group.querySelectorAll('input[type=checkbox][name]:not(:disabled)')];
  if (all && box === all) boxes.forEach(one => { one.checked = all.checked; });
  const checked = boxes.filter(one => one.checked).length;
  if (all) { all.checked = checked > 0 && checked === boxes.length; all.indeterminate = checked > 0 && checked < boxes.length; }
  const count = group.closest('form')?.querySelector('[data-checked]');
  if (count) count.textContent = group.closest('form').querySelectorAll('[data-check-group] input[name]:checked').length;
}

// Asks before changes are lost.
let guarded = null;
window.addEventListener('beforeunload', event => { if (guarded?.isConnected) event.preventDefault(); });

function switchTheme() {
  const dark = document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === 'dark'
    : matchMedia('(prefers-color-scheme: dark)').matches;
  const theme = dark ? 'light' : 'dark';
  document.documentElement.dataset.theme = theme;
  document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
}

// Where the entries of the navigation do not all fit, the current one is in view. Only the navigation scrolls, never the page.
function reveal() {
  const entry = document.querySelector('nav.side [aria-current]');
  if (!entry) return;
  const side = entry.closest('nav');
  const [inner, outer] = [entry.getBoundingClientRect(), side.getBoundingClientRect()];
  if (inner.left < outer.left || inner.right > outer.right) side.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
  if (inner.top < outer.top || inner.bottom > outer.bottom) side.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
}

// What only makes sense with script, for markup that has just arrived.
function prepare() {
  reveal();
  if (document.querySelector('[data-bulk]')) marked(document.querySelectorAll('[data-one]:checked').length);
  document.querySelectorAll('[data-check-group]').forEach(group => checkGroup(group));
  document.querySelectorAll('[data-narrow]').forEach(input => { input.closest('.field').hidden = false; });
}

prepare();
