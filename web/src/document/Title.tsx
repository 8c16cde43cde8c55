import { FRAGMENT_NAME } from "@palimpsest/schema";
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import type * as Y from "yjs";
import { documentText } from "./text.ts";
import { useTitle } from "./useTitle.ts";

type Props = {
  readonly doc: Y.Doc;
  readonly readOnly: boolean;
  readonly onLeave: () => void;
};

export function Title({ doc, readOnly, onLeave }: Props) {
  const [title, setTitle] = useTitle(doc);
  const area = useRef<HTMLTextAreaElement>(null);

  const [isNew] = useState(() => !readOnly && title === "" && doc.getXmlFragment(FRAGMENT_NAME).length === 0);
  useEffect(() => {
    if (isNew) area.current?.focus();
  }, [isNew]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the title, whoever changed it
  useLayoutEffect(() => {
    const element = area.current;
    if (element === null || CSS.supports("field-sizing", "content")) return;
    element.style.height = "0";
    element.style.height = `${element.scrollHeight}px`;
  }, [title]);

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    const { selectionStart, selectionEnd, value } = event.currentTarget;
    const atEnd = selectionStart === selectionEnd && selectionEnd === value.length;
    if (event.key === "Enter" || (event.key === "ArrowDown" && atEnd)) {
      event.preventDefault();
      onLeave();
    }
  };

  return (
    <h1 className="mb-4">
      <textarea
        ref={area}
        rows={1}
        aria-label={documentText.title}
        placeholder={documentText.titlePlaceholder}
        className="field-sizing-content block w-full resize-none overflow-hidden bg-transparent font-serif text-(length:--size-title) leading-[1.15] font-semibold tracking-[-0.012em] wrap-anywhere text-ink outline-none placeholder:text-faint"
        value={title}
        maxLength={200}
        readOnly={readOnly}
        onChange={(event) => setTitle(event.target.value.replace(/[\r\n]+/g, " "))}
        onKeyDown={onKeyDown}
      />
    </h1>
  );
}
