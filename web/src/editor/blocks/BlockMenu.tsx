import type { Editor } from "@tiptap/core";
import {
  ArrowDown,
  ArrowUp,
  Check,
  ChevronRight,
  Columns3,
  Copy,
  Languages,
  Link,
  Palette,
  Repeat2,
  Rows3,
  TableCellsMerge,
  Trash2,
} from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useMemo } from "react";
import { ColourItems } from "../colours/ColourItems.tsx";
import { shortcut } from "../shortcut.ts";
import { TableItems } from "../tables/TableItems.tsx";
import { tablesText } from "../tables/text.ts";
import {
  colourBlocks,
  copyBlockLink,
  deleteBlocks,
  directBlocks,
  duplicateBlocks,
  moveStep,
  tintBlocks,
  turnBlocks,
} from "./blockActions.ts";
import type { BlockRange } from "./blockRange.ts";
import { kindIdOf, kinds } from "./kinds.ts";
import { canBeTinted, lookOf } from "./look.ts";
import { blocksText } from "./text.ts";

type Props = {
  readonly editor: Editor;
  /** Where the blocks stand at the moment; null when they are gone. */
  readonly blocks: () => BlockRange | null;
};

const Keys = ({ keys }: { readonly keys: string }) => (
  <kbd className="font-sans text-xs text-faint">{shortcut(keys)}</kbd>
);

const directions = [
  [null, blocksText.directionAuto],
  ["ltr", blocksText.directionLtr],
  ["rtl", blocksText.directionRtl],
] as const;

function Sub({
  label,
  Icon,
  children,
}: {
  readonly label: string;
  readonly Icon: typeof Palette;
  readonly children: React.ReactNode;
}) {
  return (
    <DropdownMenu.Sub>
      <DropdownMenu.SubTrigger className="menu-item">
        <Icon size={16} />
        <span className="flex-1">{label}</span>
        <ChevronRight size={14} />
      </DropdownMenu.SubTrigger>
      <DropdownMenu.Portal>
        <DropdownMenu.SubContent
          className="floating max-h-[min(26rem,var(--radix-dropdown-menu-content-available-height))] min-w-48 overflow-y-auto p-1"
          sideOffset={4}
          collisionPadding={8}
        >
          {children}
        </DropdownMenu.SubContent>
      </DropdownMenu.Portal>
    </DropdownMenu.Sub>
  );
}

/** What can be done with a block, or with several; the content of a menu. */
export function BlockMenu({ editor, blocks }: Props) {
  const act = (run: (range: BlockRange) => unknown) => () => {
    const range = blocks();
    if (range !== null) run(range);
  };
  const { kind, tint, dir, tintable } = useMemo(() => {
    const { doc } = editor.state;
    const range = blocks();
    const node = range === null ? null : doc.nodeAt(range.from);
    return {
      kind: range === null || node === null ? null : kindIdOf(node, doc.resolve(range.from).parent),
      tint: range === null ? null : lookOf(doc, range, "tint"),
      dir: range === null ? null : lookOf(doc, range, "dir"),
      tintable: range !== null && canBeTinted(doc, range),
    };
  }, [editor, blocks]);
  const inTable = editor.isActive("table");
  return (
    <>
      {inTable ? (
        <>
          <Sub label={tablesText.row} Icon={Rows3}>
            <TableItems editor={editor} part="row" />
          </Sub>
          <Sub label={tablesText.column} Icon={Columns3}>
            <TableItems editor={editor} part="column" />
          </Sub>
          <Sub label={tablesText.cell} Icon={TableCellsMerge}>
            <TableItems editor={editor} part="cell" />
          </Sub>
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
        </>
      ) : null}
      {kind === null ? null : (
        <Sub label={blocksText.turnInto} Icon={Repeat2}>
          {kinds.map((entry) => (
            <DropdownMenu.Item
              key={entry.id}
              className="menu-item"
              onSelect={act((range) => turnBlocks(editor, range, entry.kind))}
            >
              <entry.Icon size={16} />
              <span className="flex-1">{entry.label}</span>
              {entry.id === kind ? <Check size={15} /> : null}
            </DropdownMenu.Item>
          ))}
        </Sub>
      )}
      <Sub label={blocksText.colour} Icon={Palette}>
        <ColourItems
          use="letters"
          label={blocksText.letters}
          onChoose={(color) => act((range) => colourBlocks(editor, range, color))()}
        />
        {tintable ? (
          <ColourItems
            use="ground"
            label={blocksText.ground}
            chosen={tint}
            onChoose={(color) => act((range) => tintBlocks(editor, range, color))()}
          />
        ) : null}
      </Sub>
      <Sub label={blocksText.direction} Icon={Languages}>
        {directions.map(([value, label]) => (
          <DropdownMenu.CheckboxItem
            key={label}
            className="menu-item"
            checked={dir === value}
            onSelect={act((range) => directBlocks(editor, range, value))}
          >
            <span className="flex-1">{label}</span>
            {dir === value ? <Check size={15} /> : null}
          </DropdownMenu.CheckboxItem>
        ))}
      </Sub>
      <DropdownMenu.Separator className="my-1 h-px bg-line" />
      <DropdownMenu.Item className="menu-item" onSelect={act((range) => duplicateBlocks(editor, range))}>
        <Copy size={16} />
        <span className="flex-1">{blocksText.duplicate}</span>
        <Keys keys="Mod-d" />
      </DropdownMenu.Item>
      <DropdownMenu.Item className="menu-item" onSelect={act((range) => void copyBlockLink(editor, range))}>
        <Link size={16} />
        <span className="flex-1">{blocksText.copyLink}</span>
      </DropdownMenu.Item>
      <DropdownMenu.Item className="menu-item" onSelect={act((range) => moveStep(editor, range, -1))}>
        <ArrowUp size={16} />
        <span className="flex-1">{blocksText.moveUp}</span>
        <Keys keys="Alt-↑" />
      </DropdownMenu.Item>
      <DropdownMenu.Item className="menu-item" onSelect={act((range) => moveStep(editor, range, 1))}>
        <ArrowDown size={16} />
        <span className="flex-1">{blocksText.moveDown}</span>
        <Keys keys="Alt-↓" />
      </DropdownMenu.Item>
      <DropdownMenu.Separator className="my-1 h-px bg-line" />
      <DropdownMenu.Item
        className="menu-item text-danger!"
        onSelect={act((range) => deleteBlocks(editor, range))}
      >
        <Trash2 size={16} className="text-danger!" />
        <span className="flex-1">{blocksText.remove}</span>
        <Keys keys="Esc Del" />
      </DropdownMenu.Item>
    </>
  );
}
