import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { useLocation } from "wouter";
import { request } from "../app/api.ts";
import { appText } from "../app/text.ts";
import { ensureSession } from "../people/session.ts";
import { importedDocument } from "./importedDocument.ts";
import { forgetDocument, type ListedDocument, rememberDocument, retitleRecent } from "./recents.ts";
import { homeText } from "./text.ts";
import { uploadHistory } from "./uploadHistory.ts";

const documentsKey = ["documents"];
const maxImportBytes = 2_000_000;

type Created = { readonly id: string; readonly title: string };

export function useDocuments() {
  return useQuery({
    queryKey: documentsKey,
    queryFn: async ({ signal }) => {
      await ensureSession();
      return (await request<{ documents: readonly ListedDocument[] }>("/api/documents", { signal }))
        .documents;
    },
    refetchOnMount: "always",
  });
}

async function create(body: { title?: string; markdown?: string }): Promise<Created> {
  await ensureSession();
  const created = await request<Created>("/api/documents", { method: "POST", body });
  rememberDocument({ id: created.id, title: created.title, openedAt: new Date().toISOString() });
  return created;
}

export function useCreateDocument() {
  const [, navigate] = useLocation();
  return useMutation({
    mutationFn: () => create({}),
    onSuccess: ({ id }) => navigate(`/d/${id}`),
    onError: (error) => toast.error(homeText.newFailed, { description: error.message }),
  });
}

const progressToast = "import-progress";

async function importHistory(file: File): Promise<Created> {
  await ensureSession();
  const tell = (text: string) =>
    toast.loading(text, { id: progressToast, duration: Number.POSITIVE_INFINITY });
  tell(homeText.sending(file.name, 0));
  const created = await uploadHistory(file, (sent) =>
    tell(sent < 1 ? homeText.sending(file.name, sent) : homeText.checking(file.name)),
  );
  toast.dismiss(progressToast);
  rememberDocument({ id: created.id, title: created.title, openedAt: new Date().toISOString() });
  return created;
}

async function importFile(file: File): Promise<Created> {
  if (/\.palimpsest$/i.test(file.name)) return importHistory(file);
  const isText = /\.(md|markdown|mdown|txt)$/i.test(file.name) || file.type === "text/markdown";
  if (!isText) throw new Error(homeText.importKind);
  if (file.size > maxImportBytes) throw new Error(homeText.importSize("2 MB"));
  return create(importedDocument(file.name, await file.text()));
}

export function useImportDocument() {
  const [, navigate] = useLocation();
  return useMutation({
    mutationFn: importFile,
    onSuccess: ({ id }) => navigate(`/d/${id}`),
    onError: (error, file) =>
      toast.error(homeText.importFailed(file.name), {
        id: progressToast,
        description: error.message,
        duration: 8_000,
      }),
  });
}

export function useRenameDocument() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, title }: { id: string; title: string }) =>
      request<unknown>(`/api/documents/${id}`, { method: "PATCH", body: { title } }),
    onSuccess: (_answer, { id, title }) => {
      retitleRecent(id, title);
      queries.setQueryData<readonly ListedDocument[]>(documentsKey, (documents) =>
        documents?.map((document) => (document.id === id ? { ...document, title } : document)),
      );
      return queries.invalidateQueries({ queryKey: documentsKey });
    },
    onError: (error) => toast.error(homeText.failed, { description: error.message }),
  });
}

export function useDeleteDocument() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: { id: string }) => request<unknown>(`/api/documents/${id}`, { method: "DELETE" }),
    onSuccess: (_answer, { id }) => {
      forgetDocument(id);
      queries.setQueryData<readonly ListedDocument[]>(documentsKey, (documents) =>
        documents?.filter((document) => document.id !== id),
      );
      toast(homeText.deleted);
    },
    onError: (error) => toast.error(homeText.failed, { description: error.message }),
  });
}

export const titleOf = (document: { readonly title: string }): string =>
  document.title.trim() || appText.untitled;
