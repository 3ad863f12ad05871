const rows = [...document.querySelectorAll("#rows tr")].map((row) => [row, row.textContent.toLowerCase()]);
document.getElementById("filter").addEventListener("input", (event) => {
  const wanted = event.target.value.toLowerCase().split(/\s+/);
  for (const [row, text] of rows) row.hidden = !wanted.every((word) => text.includes(word));
});
