// The provider sends people back by GET, which may not change anything here: this page makes a POST of it.
const given = new URLSearchParams(location.search);
history.replaceState(null, "", location.pathname);

async function signIn() {
  if (!given.get("code")) return given.get("error_description") ?? "The provider did not confirm the sign-in.";
  const body = JSON.stringify({ code: given.get("code"), state: given.get("state") ?? "" });
  const answer = await fetch("/v1/session/oidc", { method: "POST", headers: { "Content-Type": "application/json" }, body });
  if (answer.ok) return location.replace("/");
  const told = await answer.json();
  return `${told.detail ?? told.title} ${told.remedy ?? ""}`;
}

signIn().then((problem) => { document.getElementById("problem").textContent = problem ?? ""; });
