import type { Editor } from "@tiptap/core";
import { CaseSensitive, ChevronDown, ChevronRight, ChevronUp, Regex, WholeWord, X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import { announce } from "../../app/announce.ts";
import { IconButton } from "../../app/IconButton.tsx";
import { closeFindBar, useFindBar } from "./findBar.ts";
import { Finder, type Finding } from "./finder.ts";
import { clearHighlights, highlightMatches } from "./highlightMatches.ts";
import type { Query } from "./query.ts";
import "./finding.css";
import { findingText } from "./text.ts";

const none: Query = { text: "", matchCase: false, wholeWord: false, isPattern: false };

/** The last search of this page, for whoever opens the bar again. */
let last: Query = none;

function selectedText(editor: Editor): string {
  const { from, to, empty, $from, $to } = editor.state.selection;
  if (empty || !$from.sameParent($to)) return "";
  return editor.state.doc.textBetween(from, to);
}

function sayCount({ found, current, isCut, problem }: Finding, query: Query): string {
  if (problem?.kind === "bad") return findingText.badPattern(problem.reason);
  if (problem?.kind === "slow") return findingText.slowPattern;
  if (query.text === "") return "";
  if (found.length === 0) return findingText.none;
  return (isCut ? findingText.countCut : findingText.count)(current + 1, found.length);
}

function Switch(props: {
  readonly label: string;
  readonly on: boolean;
  readonly onToggle: (on: boolean) => void;
  readonly children: ReactNode;
}) {
  return (
    <IconButton
      label={props.label}
      aria-pressed={props.on}
      className="aria-pressed:bg-accent-soft aria-pressed:text-accent-strong"
      onClick={() => props.onToggle(!props.on)}
    >
      {props.children}
    </IconButton>
  );
}

function useHighlights(editor: Editor, { found, current }: Finding): void {
  useEffect(() => {
    let frame = 0;
    const paint = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        if (!editor.isDestroyed) highlightMatches(editor.view, found, current);
      });
    };
    paint();
    window.addEventListener("scroll", paint, { passive: true });
    window.addEventListener("resize", paint);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener("scroll", paint);
      window.removeEventListener("resize", paint);
    };
  }, [editor, found, current]);
  useEffect(() => clearHighlights, []);
}

export function FindBar({ editor, readOnly }: { readonly editor: Editor; readonly readOnly: boolean }) {
  const { asked, replacing } = useFindBar();
  const [query, setQuery] = useState<Query>(() => ({ ...last, text: selectedText(editor) || last.text }));
  const [replacement, setReplacement] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const finder = useMemo(() => new Finder(editor), [editor]);
  const finding = useStore(finder.store);
  useHighlights(editor, finding);

  useEffect(() => () => finder.destroy(), [finder]);
  useEffect(() => {
    last = query;
    finder.look(query);
  }, [finder, query]);
  useEffect(() => {
    if (asked !== null) field.current?.select();
  }, [asked]);

  const said = sayCount(finding, query);
  useEffect(() => announce(said), [said]);

  const close = () => {
    finder.enter();
    closeFindBar();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "F3" || (event.key === "Enter" && event.target === field.current)) {
      event.preventDefault();
      finder.step(event.shiftKey ? -1 : 1);
    }
  };
  const canReplace = !readOnly && finding.found.length > 0;
  const change = (part: Partial<Query>) => setQuery((before) => ({ ...before, ...part }));

  return (
    <search
      aria-label={findingText.bar}
      className="find-bar floating"
      data-testid="find-bar"
      onKeyDown={onKeyDown}
    >
      <div className="find-row">
        {readOnly ? null : (
          <IconButton
            label={findingText.toggleReplace}
            aria-expanded={replacing}
            onClick={() => useFindBar.setState({ replacing: !replacing })}
          >
            <ChevronRight size={17} className={replacing ? "rotate-90" : ""} />
          </IconButton>
        )}
        <input
          ref={field}
          className="field min-w-0 flex-1"
          aria-label={findingText.field}
          placeholder={findingText.placeholder}
          aria-invalid={finding.problem !== null}
          value={query.text}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => change({ text: event.target.value })}
        />
        <IconButton
          label={findingText.previous}
          shortcut="⇧ Enter"
          disabled={finding.found.length === 0}
          onClick={() => finder.step(-1)}
        >
          <ChevronUp size={17} />
        </IconButton>
        <IconButton
          label={findingText.next}
          shortcut="Enter"
          disabled={finding.found.length === 0}
          onClick={() => finder.step(1)}
        >
          <ChevronDown size={17} />
        </IconButton>
        <IconButton label={findingText.close} shortcut="Esc" onClick={close}>
          <X size={17} />
        </IconButton>
      </div>
      {replacing && !readOnly ? (
        <div className="find-row">
          <input
            className="field min-w-0 flex-1"
            aria-label={findingText.replaceField}
            placeholder={findingText.replacePlaceholder}
            value={replacement}
            autoComplete="off"
            onChange={(event) => setReplacement(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && canReplace && !event.nativeEvent.isComposing)
                finder.replaceOne(replacement);
            }}
          />
          <button
            type="button"
            className="button"
            disabled={!canReplace}
            onClick={() => finder.replaceOne(replacement)}
          >
            {findingText.replaceOne}
          </button>
          <button
            type="button"
            className="button"
            disabled={!canReplace}
            onClick={() => announce(findingText.replaced(finder.replaceAll(replacement)))}
          >
            {findingText.replaceAll}
          </button>
        </div>
      ) : null}
      <div className="find-row">
        <Switch
          label={findingText.matchCase}
          on={query.matchCase}
          onToggle={(matchCase) => change({ matchCase })}
        >
          <CaseSensitive size={18} />
        </Switch>
        <Switch
          label={findingText.wholeWord}
          on={query.wholeWord}
          onToggle={(wholeWord) => change({ wholeWord })}
        >
          <WholeWord size={18} />
        </Switch>
        <Switch
          label={findingText.pattern}
          on={query.isPattern}
          onToggle={(isPattern) => change({ isPattern })}
        >
          <Regex size={17} />
        </Switch>
        <span className="find-count" data-testid="find-count" data-problem={finding.problem !== null}>
          {said}
        </span>
      </div>
    </search>
  );
}
