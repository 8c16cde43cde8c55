import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/source-serif-4/wght.css";
import "@fontsource-variable/source-serif-4/wght-italic.css";
import "./app/shell.css";
import { prepareLanguage } from "./i18n/language.ts";

// Every module that shows something reads its texts once, when it is loaded: the language comes first.
await prepareLanguage();
const { start } = await import("./app/start.tsx");
start();
