import { templateText } from "./templateText.ts";

export const templateIds = ["blank", "meeting", "project", "decision", "week", "reading"] as const;
export type TemplateId = (typeof templateIds)[number];

export type Template = {
  readonly id: TemplateId;
  readonly name: string;
  readonly about: string;
  readonly title: string;
  readonly markdown: string;
};

export function templateOf(id: TemplateId): Template {
  return { id, ...templateText[id] };
}
