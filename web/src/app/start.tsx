import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { keepShell } from "../offline/keepShell.ts";
import { App } from "./App.tsx";

export function start(): void {
  if (import.meta.env.PROD) keepShell();
  const root = document.getElementById("root");
  if (root === null) throw new Error("index.html has no #root");
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
