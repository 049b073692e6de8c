const form = document.getElementById("password");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const body = JSON.stringify({ token: location.hash.slice(1), password: new FormData(form).get("password") });
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch("/v1/one-time-links/redeem", { method: "POST", headers, body });
  if (answer.ok) {
    form.hidden = true;
    document.getElementById("done").hidden = false;
    history.replaceState(null, "", location.pathname);
    return;
  }
  const told = await answer.json();
  document.getElementById("problem").textContent = told.errors?.[0]?.message ?? told.detail ?? told.title;
});
