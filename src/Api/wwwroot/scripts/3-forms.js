// Forms: boxes that belong together, choices, changes that are not saved.

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
