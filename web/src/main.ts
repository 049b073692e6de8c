import { mount } from "svelte";
import App from "./App.svelte";
import "./design/design.css";
import "./design/theme.svelte";
import { leaveOutsideToBrowser } from "./outside";
import { startWords } from "./words/words.svelte";

leaveOutsideToBrowser();
await startWords();
const target = document.getElementById("page");
if (target) mount(App, { target });
