import { useMutation } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { toast } from "../app/toast.ts";
import { createDocument } from "./documents.ts";
import { rememberDocument } from "./recents.ts";
import { homeText } from "./text.ts";

/** Makes a document and opens it. */
export function useCreateDocument() {
  const [, navigate] = useLocation();
  return useMutation({
    mutationFn: createDocument,
    onSuccess: ({ id, title }) => {
      rememberDocument({ id, title, openedAt: new Date().toISOString() });
      navigate(`/d/${id}`);
    },
    onError: (error) => toast.error(homeText.newFailed, { description: error.message }),
  });
}
