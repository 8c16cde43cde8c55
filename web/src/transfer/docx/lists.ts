import type { JSONNode } from "@palimpsest/schema";
import { AlignmentType, LevelFormat, type NumberingDefinition } from "docx";

/** Word knows nine levels. */
export const DEEPEST_LEVEL = 8;

const levels = Array.from({ length: DEEPEST_LEVEL + 1 }, (_, level) => level);

function indent(level: number) {
  return { paragraph: { indent: { left: 480 * (level + 1), hanging: 360 } } };
}

const bullets: NumberingDefinition = {
  reference: "bullets",
  levels: levels.map((level) => ({
    level,
    format: LevelFormat.BULLET,
    text: ["•", "◦", "▪"][level % 3] ?? "•",
    alignment: AlignmentType.LEFT,
    style: indent(level),
  })),
};

/** A task's sign is the box in its line. */
const boxes: NumberingDefinition = {
  reference: "tasks",
  levels: levels.map((level) => ({
    level,
    format: LevelFormat.BULLET,
    text: "\u200b",
    alignment: AlignmentType.LEFT,
    style: indent(level),
  })),
};

const formats = {
  a: LevelFormat.LOWER_LETTER,
  A: LevelFormat.UPPER_LETTER,
  i: LevelFormat.LOWER_ROMAN,
  I: LevelFormat.UPPER_ROMAN,
} as const;

function numbers(node: JSONNode): NumberingDefinition {
  const { type, start } = node.attrs ?? {};
  const first =
    typeof start === "number" && Number.isInteger(start) && start >= 0 && start <= 30_000 ? start : 1;
  const format =
    typeof type === "string" && Object.hasOwn(formats, type)
      ? formats[type as keyof typeof formats]
      : LevelFormat.DECIMAL;
  return {
    reference: `numbers ${format} ${first}`,
    levels: levels.map((level) => ({
      level,
      format,
      start: first,
      text: `%${level + 1}.`,
      alignment: AlignmentType.LEFT,
      style: indent(level),
    })),
  };
}

/** How the items of a list are marked; an ordered one counts for itself. */
export function numberingOf(node: JSONNode): NumberingDefinition {
  if (node.type === "orderedList") return numbers(node);
  return node.type === "taskList" ? boxes : bullets;
}
