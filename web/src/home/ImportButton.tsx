import { Upload } from "lucide-react";
import { useRef } from "react";
import { homeText } from "./text.ts";

type Props = { readonly busy: boolean; readonly onFile: (file: File) => void };

export function ImportButton({ busy, onFile }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className="button min-h-11 max-sm:px-2 border-transparent bg-transparent text-soft"
        title={homeText.importHint}
        disabled={busy}
        onClick={() => input.current?.click()}
      >
        <Upload size={17} aria-hidden="true" />
        {busy ? homeText.importing : homeText.importFile}
      </button>
      <input
        ref={input}
        type="file"
        accept=".md,.markdown,text/markdown,.palimpsest"
        className="hidden"
        data-testid="import-file"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file !== undefined) onFile(file);
        }}
      />
    </>
  );
}
