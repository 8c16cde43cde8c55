import type { toggleText } from "../../editor/toggles/text.ts";

export const toggles: typeof toggleText = {
  open: "Aufklappen",
  close: "Zuklappen",
  summary: "Ausklapper",
  content: "Was darin steht",
};
