// The planning page shows the month anew when a choice changes: it asks the same page that the button "Show this
// month" asks, and puts the new month in the place of the old one.

const form = document.getElementById('plan');
const PARTS = ['month', 'go'];
let latest = 0;

const replace = (text) => {
  const page = new DOMParser().parseFromString(text, 'text/html');
  const focused = document.activeElement?.id;
  for (const id of PARTS) {
    const fresh = page.getElementById(id);
    if (fresh) document.getElementById(id).replaceWith(document.adoptNode(fresh));
  }
  if (focused) document.getElementById(focused)?.focus();
};

form?.addEventListener('change', async () => {
  const mine = ++latest;
  const answer = await fetch(form.dataset.look, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
  const text = await answer.text();
  if (answer.ok && mine === latest) replace(text);
});
