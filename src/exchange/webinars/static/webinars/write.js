// Writing along: Enter sends a line without leaving the page; what others do is looked up now and then.
(() => {
  const form = document.getElementById("writing");
  if (!form) return;
  const say = document.currentScript.dataset;
  const box = form.elements.text;
  const list = document.getElementById("written");
  const pen = document.getElementById("pen");
  const place = "write:" + location.pathname;
  const json = { Accept: "application/json" };

  const show = ({ lines, pen: words }) => {
    pen.textContent = words;
    list.replaceChildren(
      ...lines.map((line) => {
        const row = document.createElement("li");
        row.textContent = line.waits ? `${line.text} (${say.waits})` : line.text;
        return row;
      })
    );
  };
  const keep = (words) => {
    try {
      localStorage[place] = words;
    } catch {}
  };
  try {
    box.value = box.value || localStorage[place] || "";
  } catch {}
  box.oninput = () => keep(box.value);
  box.focus();

  form.addEventListener("submit", async (event) => {
    if (form.dataset.plain || event.submitter.name === "insist") return keep("");
    event.preventDefault();
    const sent = box.value;
    const body = new URLSearchParams(new FormData(form));
    body.set("do", "write");
    try {
      const answer = await (await fetch("", { method: "POST", body, headers: json })).json();
      if (answer.ok) {
        // What was typed since stays.
        box.value = box.value.startsWith(sent) ? box.value.slice(sent.length).trimStart() : box.value;
        keep(box.value);
        form.elements.once_key.value = Math.random() + "-" + Date.now();
        show(answer);
      } else if (answer.noticed) {
        form.dataset.plain = 1;
        form.requestSubmit(event.submitter);
      }
      if (answer.words) pen.textContent = answer.words;
    } catch {
      pen.textContent = say.kept;
    }
  });
  setInterval(async () => {
    if (!document.hidden) show(await (await fetch("", { headers: json })).json());
  }, 10000);
})();
