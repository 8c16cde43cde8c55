import { bindings } from "./api.ts";

/** From now on everybody but the owner may only read this document. */
export async function onlyView(id: string): Promise<void> {
  await bindings().DIRECTORY.prepare("UPDATE documents SET link_role = 'view' WHERE id = ?").bind(id).run();
}
