import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import { useLocation } from "wouter";
import { toast } from "../../app/toast.ts";
import { transferText } from "../../transfer/text.ts";
import { documentsKey } from "../documents.ts";
import { clearImports, importFiles, useImports } from "./importFiles.ts";

/** Imports files; a single one is opened, as one that was just made is. */
export function useImporting(): (files: readonly File[]) => void {
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  return useCallback(
    (files) => {
      void importFiles(files).then(([only, ...others]) => {
        void queries.invalidateQueries({ queryKey: documentsKey });
        // somebody who has gone on to another page is not taken away from there
        if (files.length !== 1 || only === undefined || others.length > 0 || !isHere.current) return;
        const left = useImports.getState().flatMap(({ state }) => (state.kind === "done" ? state.left : []));
        if (left.length > 0)
          toast.warning(transferText.partKept(only.title), { description: left.join(" ") });
        clearImports();
        navigate(`/d/${only.id}`);
      });
    },
    [queries, navigate],
  );
}
