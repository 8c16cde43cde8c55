import { Upload } from "lucide-react";
import { useRef } from "react";
import { importAccept } from "../../transfer/importKinds.ts";
import { importText } from "./text.ts";

export function ImportButton({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className="button min-h-11 border-transparent bg-transparent text-soft max-sm:px-2"
        title={importText.hint}
        onClick={() => input.current?.click()}
      >
        <Upload size={17} aria-hidden="true" className="max-sm:hidden" />
        {importText.button}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        accept={`${importAccept},.palimpsest`}
        className="hidden"
        data-testid="import-file"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = "";
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
