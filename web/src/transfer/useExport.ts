import { useMutation } from "@tanstack/react-query";
import { announce } from "../app/announce.ts";
import { toast } from "../app/toast.ts";
import type { MadeFormat } from "./exportDocument.ts";
import { transferText } from "./text.ts";

const progress = "export-progress";

/** Makes a file of a document and saves it; what makes it is loaded when it is asked for. */
export function useExport(documentId: string, at?: number) {
  return useMutation({
    mutationFn: async (format: MadeFormat) => {
      toast.loading(transferText.preparing(names[format]), {
        id: progress,
        duration: Number.POSITIVE_INFINITY,
      });
      const { exportDocument, save } = await import("./exportDocument.ts");
      const exported = await exportDocument(documentId, format, at);
      save(exported);
      return exported;
    },
    onSuccess: ({ name, left }) => {
      const said = transferText.exported(name);
      announce([said, ...left].join(" "));
      if (left.length === 0) toast.success(said, { id: progress, duration: 4_000 });
      else toast.warning(said, { id: progress, description: left.join(" "), duration: 10_000 });
    },
    onError: (error) =>
      toast.error(transferText.exportFailed, { id: progress, description: error.message, duration: 8_000 }),
  });
}

const names: Readonly<Record<MadeFormat, string>> = {
  docx: transferText.word,
  html: transferText.html,
  markdown: transferText.markdown,
};
