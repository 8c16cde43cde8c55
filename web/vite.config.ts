import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const api = `http://127.0.0.1:${process.env.API_PORT ?? "8787"}`;

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: { dedupe: ["yjs", "y-protocols", "lib0", "react", "react-dom"] },
  build: { outDir: "dist", assetsInlineLimit: 0, target: "es2023" },
  server: {
    proxy: { "/api": { target: api }, "/sync": { target: api, ws: true } },
  },
});
