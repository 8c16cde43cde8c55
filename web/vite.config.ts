import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { serviceWorker } from "./vite/serviceWorker.ts";

const api = `http://127.0.0.1:${process.env.API_PORT ?? "8787"}`;

/** The app starts once its language is known; without this the browser would hear of its largest part only then. */
function preloadStart(): Plugin {
  return {
    name: "preload-start",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(_html, { bundle = {} }) {
        const chunks = Object.values(bundle).filter((output) => output.type === "chunk");
        const start = chunks.find((chunk) => chunk.facadeModuleId?.endsWith("/app/start.tsx"));
        if (start === undefined) throw new Error("The chunk of app/start.tsx is not in the build");
        const entry = chunks.find((chunk) => chunk.isEntry);
        const known = new Set([entry?.fileName, ...(entry?.imports ?? [])]);
        return [start.fileName, ...start.imports]
          .filter((file) => !known.has(file))
          .map((file) => ({
            tag: "link",
            attrs: { rel: "modulepreload", crossorigin: true, href: `/${file}` },
            injectTo: "head",
          }));
      },
    },
  };
}

export default defineConfig({
  plugins: [react(), tailwindcss(), preloadStart(), serviceWorker()],
  resolve: { dedupe: ["yjs", "y-protocols", "lib0", "react", "react-dom"] },
  build: { outDir: "dist", assetsInlineLimit: 0, target: "es2023" },
  server: {
    proxy: { "/api": { target: api }, "/sync": { target: api, ws: true } },
  },
});
