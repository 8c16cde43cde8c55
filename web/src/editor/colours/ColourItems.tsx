import { colourNames } from "@palimpsest/schema";
import { DropdownMenu } from "radix-ui";
import { blocksText } from "../blocks/text.ts";

type Props = {
  readonly use: "letters" | "ground";
  readonly label: string;
  readonly chosen?: string | null;
  readonly onChoose: (color: string | null) => void;
};

const nameOf = (color: string | null): string =>
  color === null
    ? blocksText.defaultColour
    : ((blocksText.colours as Readonly<Record<string, string>>)[color] ?? color);

/** The colours there are, as items of a menu, each shown as what it does. */
export function ColourItems({ use, label, chosen, onChoose }: Props) {
  return (
    <DropdownMenu.Group aria-label={label}>
      <DropdownMenu.Label className="menu-label">{label}</DropdownMenu.Label>
      <div className="colour-grid" role="presentation">
        {[null, ...colourNames].map((color) => (
          <DropdownMenu.CheckboxItem
            key={color ?? "default"}
            className="colour-item"
            data-use={use}
            data-sample={color ?? "none"}
            aria-label={`${label}: ${nameOf(color)}`}
            title={nameOf(color)}
            checked={chosen === color}
            onSelect={() => onChoose(color)}
          >
            <span aria-hidden="true">A</span>
          </DropdownMenu.CheckboxItem>
        ))}
      </div>
    </DropdownMenu.Group>
  );
}
