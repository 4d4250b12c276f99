// Choosing a safe draft puts it into the reply. Without this script the page shows the chosen draft before it sends it.
const form = document.querySelector('#reply-form');
const reply = form?.querySelector('#reply');
const mirror = form?.querySelector('.mirror');

form?.addEventListener('change', (event) => {
  const radio = event.target.closest('input[name="draft"]');
  if (!radio) return;
  reply.value = radio.closest('.draft').querySelector('span').textContent;
  form.elements.shown.value = radio.value;
  mirror.textContent = '';
});

// Marks of findings belong to the words that were looked at; changed words are looked at when they are sent.
reply?.addEventListener('input', () => { mirror.textContent = ''; });
