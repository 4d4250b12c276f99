// Moving a post on the calendar: dragging it to a day, or Alt with an arrow key on it. Both fill in one form and
// send it; the server decides and says what happened.

const form = document.getElementById('move-form');

const move = (post, date) => {
  form.elements.post.value = post;
  form.elements.date.value = date;
  form.requestSubmit();
};

const shifted = (iso, days) => {
  const date = new Date(`${iso}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
};

const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

for (const post of document.querySelectorAll('[data-move]')) {
  post.addEventListener('dragstart', (event) => event.dataTransfer.setData('text/plain', post.dataset.move));
  post.addEventListener('keydown', (event) => {
    const step = STEPS[event.key];
    if (!event.altKey || !step) return;
    event.preventDefault();
    move(post.dataset.move, shifted(post.closest('[data-day]').dataset.day, step));
  });
}

for (const day of document.querySelectorAll('[data-day]')) {
  day.addEventListener('dragover', (event) => event.preventDefault());
  day.addEventListener('drop', (event) => {
    event.preventDefault();
    const post = event.dataTransfer.getData('text/plain');
    if (document.querySelector(`[data-move="${CSS.escape(post)}"]`)) move(post, day.dataset.day);
  });
}
