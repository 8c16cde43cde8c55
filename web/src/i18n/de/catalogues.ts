import { app } from "./app.ts";
import { blocks } from "./blocks.ts";
import { callouts } from "./callouts.ts";
import { clipboard } from "./clipboard.ts";
import { code } from "./code.ts";
import { document } from "./document.ts";
import { editor } from "./editor.ts";
import { emoji } from "./emoji.ts";
import { finding } from "./finding.ts";
import { history } from "./history.ts";
import { home, trash } from "./home.ts";
import { images } from "./images.ts";
import { imports } from "./import.ts";
import { keeping } from "./keeping.ts";
import { math } from "./math.ts";
import { mentions } from "./mentions.ts";
import { offline } from "./offline.ts";
import { outline } from "./outline.ts";
import { past } from "./past.ts";
import { people } from "./people.ts";
import { shell } from "./shell.ts";
import { slash } from "./slash.ts";
import { tables } from "./tables.ts";
import { templates } from "./templates.ts";
import { toggles } from "./toggles.ts";
import { transfer } from "./transfer.ts";

/** German, by catalogue. */
export const catalogues: Readonly<Record<string, object>> = {
  app,
  blocks,
  callouts,
  clipboard,
  code,
  document,
  editor,
  emoji,
  finding,
  history,
  home,
  images,
  import: imports,
  keeping,
  math,
  mentions,
  offline,
  outline,
  past,
  people,
  shell,
  slash,
  tables,
  templates,
  toggles,
  transfer,
  trash,
};
