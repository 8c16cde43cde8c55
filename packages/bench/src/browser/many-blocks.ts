const sentence = "Several people write one text at once, and every earlier moment of it can be seen again.";

/** A document as people write them: of ten blocks one heading, two list items, one quote, the rest paragraphs with marks. */
export function manyBlocks(count: number): string {
  return Array.from({ length: count }, (_, index) => block(index)).join("\n\n");
}

function block(index: number): string {
  switch (index % 10) {
    case 0:
      return `## Part ${index / 10 + 1}`;
    case 3:
      return `- A point about part ${index}, in a list of its own`;
    case 4:
      return `1. A step of part ${index}`;
    case 7:
      return `> Quoted in block ${index}: ${sentence}`;
    default:
      return `Paragraph ${index}. ${sentence} **Some of it is bold**, some *slanted*. ${sentence}`;
  }
}
