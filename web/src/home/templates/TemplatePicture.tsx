import { outlineOf, type Stroke } from "./outline.ts";
import type { Template } from "./templates.ts";

const looks: Record<Stroke["kind"], string> = {
  title: "mb-1 h-1.5 bg-(--ink-soft)",
  heading: "mt-1 h-1 bg-(--ink-faint)",
  text: "h-0.5 bg-(--line-strong) opacity-60",
  item: "ml-1.5 h-0.5 bg-(--line-strong) opacity-60",
  task: "ml-1.5 h-0.5 bg-(--line-strong) opacity-60",
  quote: "ml-1.5 h-0.5 bg-(--line-strong) opacity-60",
  table: "h-1.5 rounded-none! border border-line-strong/50",
};

const marks: Partial<Record<Stroke["kind"], string>> = {
  item: "size-1 rounded-full bg-(--line-strong)",
  task: "size-1.5 rounded-[1px] border border-accent",
  quote: "h-1.5 w-0.5 bg-accent",
};

/** A document of this template from afar. */
export function TemplatePicture({ template }: { readonly template: Template }) {
  const strokes = outlineOf(template.title, template.markdown);
  return (
    <span
      aria-hidden="true"
      className="flex h-28 w-full flex-col gap-1 overflow-hidden rounded-md border border-line bg-paper p-2.5 shadow-sm"
    >
      {strokes.length === 0 ? <span className="h-3 w-px bg-accent" /> : null}
      {strokes.map(({ kind, width }, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are fixed
        <span key={line} className="flex items-center">
          {marks[kind] === undefined ? null : <span className={`flex-none ${marks[kind]}`} />}
          <span className={`block rounded-full ${looks[kind]}`} style={{ width: `${width}%` }} />
        </span>
      ))}
    </span>
  );
}
