import { mount } from "svelte";
import App from "./App.svelte";
import "./design/design.css";
import "./design/theme.svelte";
import { startWords } from "./words/words.svelte";

await startWords();
const target = document.getElementById("page");
if (target) mount(App, { target });
