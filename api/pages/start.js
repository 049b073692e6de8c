const form = document.getElementById("sign-in");
const list = document.getElementById("basins");
const out = document.getElementById("sign-out");
const problem = document.getElementById("problem");

async function read(path) {
  const answer = await fetch(path, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw answer;
  return answer.json();
}

function node(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function planRow(plan) {
  const row = document.createElement("tr");
  const title = document.createElement("td");
  title.append(node("a", plan.title, { href: `/v1/plans/${plan.id}/summary` }));
  row.append(title, node("td", plan.verdict));
  return row;
}

async function show() {
  list.replaceChildren(node("h2", "Basins and their plans"));
  const basins = await read("/v1/basins");
  if (!basins.items.length) list.append(node("p", "No basin yet. Make one through the API: see its documentation."));
  for (const basin of basins.items) {
    const plans = await read(`/v1/basins/${basin.id}/plans`);
    list.append(node("h2", basin.title || basin.name));
    if (!plans.items.length) {
      list.append(node("p", "No plan yet.", { class: "quiet" }));
      continue;
    }
    const table = document.createElement("table");
    const head = document.createElement("tr");
    head.append(node("th", "Plan"), node("th", "What it may claim"));
    table.append(head, ...plans.items.map(planRow));
    list.append(table);
  }
}

async function open() {
  try {
    const session = await read("/v1/session");
    sessionStorage.setItem("csrf", session.csrf_token ?? "");
    form.hidden = true;
    out.hidden = list.hidden = false;
    await show();
  } catch (answer) {
    if (answer.status !== 401) {
      list.hidden = false;
      list.replaceChildren(node("p", "The service does not answer as it should. Load this page again in a minute.", { role: "alert" }));
      return;
    }
    form.hidden = false;
    document.getElementById("provider").hidden = !(await read("/v1/session/ways")).provider;
    out.hidden = list.hidden = true;
  }
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const body = JSON.stringify(Object.fromEntries(new FormData(form)));
  const answer = await fetch("/v1/session", { method: "POST", headers: { "Content-Type": "application/json" }, body });
  if (answer.ok) return open();
  const told = await answer.json();
  problem.textContent = told.detail ?? told.title;
});

out.addEventListener("click", async () => {
  await fetch("/v1/session", { method: "DELETE", headers: { "X-CSRF-Token": sessionStorage.getItem("csrf") } });
  open();
});

open();
