import { MAX_LATEX } from "@palimpsest/schema";
import { NodeSelection, TextSelection } from "@tiptap/pm/state";
import { Popover } from "radix-ui";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { separateUndo } from "../blocks/moveBlocks.ts";
import { loadSetter } from "./MathView.ts";
import { closeMath, type EditedMath, useMathEditing } from "./mathEditing.ts";
import { mathText } from "./text.ts";

/** Writes what was typed; a formula without a source is taken out again. */
function finish({ view, getPos }: EditedMath, latex: string): void {
  const pos = getPos();
  const node = pos === undefined || view.isDestroyed ? null : view.state.doc.nodeAt(pos);
  if (pos === undefined || node === null || node.attrs.latex === undefined) return;
  const { tr } = view.state;
  if (latex.trim() === "") tr.delete(pos, pos + node.nodeSize);
  else if (latex !== node.attrs.latex) tr.setNodeAttribute(pos, "latex", latex);
  const after = latex.trim() === "" ? pos : pos + node.nodeSize;
  tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(after, tr.doc.content.size))));
  separateUndo(view);
  view.dispatch(tr.scrollIntoView());
}

function leave({ view, getPos }: EditedMath): void {
  const pos = getPos();
  const node = pos === undefined || view.isDestroyed ? null : view.state.doc.nodeAt(pos);
  if (pos === undefined || node === null) return;
  // An empty one that was just put in goes again; what else was not changed stays chosen, for the arrows to go on from.
  if (node.attrs.latex === "") finish({ view, getPos, element: view.dom }, "");
  else view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, pos)));
}

function Source({ edited }: { readonly edited: EditedMath }) {
  const pos = edited.getPos();
  const node = pos === undefined ? null : edited.view.state.doc.nodeAt(pos);
  const block = node?.isInline === false;
  const [latex, setLatex] = useState(() => String(node?.attrs.latex ?? ""));
  const [wrong, setWrong] = useState<string | null>(null);
  const preview = useRef<HTMLDivElement>(null);
  const hintId = useId();

  useEffect(() => {
    let current = true;
    loadSetter().then(
      (setFormula) => {
        if (!current || preview.current === null) return;
        if (latex.trim() === "") preview.current.textContent = "";
        setWrong(latex.trim() === "" ? null : setFormula(preview.current, latex, block));
      },
      () => current && setWrong(mathText.unloaded),
    );
    return () => {
      current = false;
    };
  }, [latex, block]);

  const done = () => {
    finish(edited, latex);
    closeMath();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    if (!block || event.ctrlKey || event.metaKey) {
      event.preventDefault();
      done();
    }
  };
  return (
    <>
      <textarea
        className="field min-h-16 resize-y font-mono text-sm"
        rows={block ? 4 : 2}
        aria-label={mathText.source}
        aria-describedby={hintId}
        aria-invalid={wrong !== null}
        placeholder={mathText.placeholder}
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        maxLength={MAX_LATEX}
        value={latex}
        dir="ltr"
        onChange={(event) => setLatex(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div
        ref={preview}
        className="math-preview"
        role="img"
        aria-label={mathText.preview}
        data-testid="math-preview"
        hidden={latex.trim() === "" || wrong !== null}
      />
      {wrong === null ? null : (
        <p className="px-1 py-2 text-sm text-danger" role="status">
          {wrong}
        </p>
      )}
      <div className="mt-2 flex items-center gap-2">
        <p id={hintId} className="flex-1 text-xs text-faint">
          {block ? mathText.hintBlock : mathText.hintInline}
        </p>
        <button type="button" className="button button-accent" onClick={done}>
          {mathText.done}
        </button>
      </div>
    </>
  );
}

/** The source of the formula that was clicked, with a look at what it becomes. */
export function MathPopover() {
  const { edited } = useMathEditing();
  const anchor = useMemo(
    () => ({
      current: { getBoundingClientRect: () => edited?.element.getBoundingClientRect() ?? new DOMRect() },
    }),
    [edited],
  );
  const last = useRef(edited);
  if (edited !== null) last.current = edited;
  useEffect(() => closeMath, []);
  return (
    <Popover.Root
      open={edited !== null}
      onOpenChange={(next) => {
        if (next || edited === null) return;
        leave(edited);
        closeMath();
      }}
    >
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          className="floating w-[min(26rem,calc(100vw-1.5rem))] p-2"
          side="bottom"
          align="start"
          sideOffset={6}
          collisionPadding={12}
          aria-label={mathText.formula}
          data-testid="math-popover"
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (last.current?.view.isDestroyed === false) last.current.view.focus();
          }}
        >
          {edited === null ? null : <Source edited={edited} />}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
