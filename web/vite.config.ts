import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

/** The page goes into the Python package, which serves `page/` at /page/, cached by hash. */
export default defineConfig({
  plugins: [svelte()],
  resolve: { alias: { $: new URL("./src", import.meta.url).pathname } },
  build: {
    outDir: "../api/pages/built",
    emptyOutDir: true,
    assetsDir: "page",
    assetsInlineLimit: 0,
    target: "es2022",
    chunkSizeWarningLimit: 1000,
  },
  server: { proxy: { "/v1": "http://127.0.0.1:8000", "/docs": "http://127.0.0.1:8000", "/assets": "http://127.0.0.1:8000" } },
});
