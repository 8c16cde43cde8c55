import { useEffect } from "react";
import { create } from "zustand";

/** The document that the page shows, as far as commands about it need to know. */
export type OpenDocument = {
  readonly documentId: string;
  readonly title: string;
  readonly canEdit: boolean;
  /** A moment of the past is shown instead of the text. */
  readonly inPast: boolean;
  readonly toggleHistory: () => void;
  readonly nameVersion: () => void;
};

export const useOpenDocument = create<{ open: OpenDocument | null }>(() => ({ open: null }));

/** Tells the shell what is open for as long as the page is there. */
export function useShowOpenDocument(open: OpenDocument): void {
  const { documentId, title, canEdit, inPast, toggleHistory, nameVersion } = open;
  useEffect(() => {
    useOpenDocument.setState({
      open: { documentId, title, canEdit, inPast, toggleHistory, nameVersion },
    });
  }, [documentId, title, canEdit, inPast, toggleHistory, nameVersion]);
  useEffect(() => () => useOpenDocument.setState({ open: null }), []);
}
