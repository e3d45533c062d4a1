// Forms: boxes that belong together, choices, changes that are not saved.

// Choosing rows

function select(box) {
  const all = document.querySelector('[data-all]');
  const ones = [...document.querySelectorAll('[data-one]:not(:disabled)')];
  if (box === all) ones.forEach(one => { one.checked = all.checked; });
  const chosen = ones.filter(one => one.checked).length;
  all.checked = chosen > 0 && chosen === ones.length;
  all.indeterminate = chosen > 0 && chosen < ones.length;
  const matching = document.querySelector('[data-matching]');
  if (matching && chosen < ones.length) matching.checked = false;
  marked(chosen);
}

// With Shift, from the row that was chosen last to this one.
let lastChosen = null;
function range(box, isRange) {
  const ones = [...document.querySelectorAll('[data-one]:not(:disabled)')];
  const [from, to] = [ones.indexOf(lastChosen), ones.indexOf(box)].sort((a, b) => a - b);
  if (isRange && from >= 0) ones.slice(from, to + 1).forEach(one => { one.checked = box.checked; });
  lastChosen = box;
}

function marked(chosen) {
  const bulk = document.querySelector('[data-bulk]');
  if (!bulk) return;
  bulk.hidden = chosen === 0;
  const matching = bulk.querySelector('[data-matching]');
  bulk.querySelector('[data-chosen]').textContent = matching?.checked ? matching.dataset.matching : chosen;
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
  list.querySelectorAll('.choice, .resource, [data-narrowed]').forEach(choice => {
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

// A session may end while somebody types. What a form held when it was sent is kept in this tab, without passwords, until the way back from the sign-in page leads to
// the same form again.
const draftOf = form => `draft ${location.origin}${new URL(form.getAttribute('action') || (dialog?.open && dialog.dataset.url) || location.href, location.href).pathname} ${form.querySelector('[name=_handler]')?.value}`;
const typed = form => [...form.elements].filter(one => one.name && !/^(hidden|password|file|submit|button)$/.test(one.type));

function keepDraft(form) {
  if ((form.getAttribute('method') || '').toLowerCase() !== 'post' || document.querySelector('[data-sign-in]')) return;
  try { sessionStorage.setItem(draftOf(form), JSON.stringify(typed(form).map(one => [one.name, one.value, one.checked === true]))); } catch { /* no room, no draft */ }
}

function restoreDraft(form) {
  const text = sessionStorage.getItem(draftOf(form));
  if (!text) return;
  sessionStorage.removeItem(draftOf(form));
  sessionStorage.removeItem('interrupted');
  const fields = typed(form);
  JSON.parse(text).forEach(([name, value, checked], place) => {
    const one = fields[place]?.name === name && (fields[place].type !== 'checkbox' && fields[place].type !== 'radio' || fields[place].value === value) ? fields[place] : null;
    if (!one) return;
    if (one.type === 'checkbox' || one.type === 'radio') one.checked = checked; else one.value = value;
  });
  const note = document.createElement('p');
  note.className = 'alert alert-info';
  note.setAttribute('role', 'status');
  note.textContent = live.dataset.restored;
  form.prepend(note);
}

function showPassword(button) {
  const field = document.getElementById(button.dataset.reveal);
  const shown = field.type === 'password';
  field.type = shown ? 'text' : 'password';
  button.setAttribute('aria-pressed', shown);
}

// Copies what a field holds. Where the browser forbids it, the text is selected, so that the keyboard can.
async function copy(button) {
  const field = document.getElementById(button.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    say(button.dataset.copied);
    button.textContent = button.dataset.copied;
  } catch { field.focus(); }
}
