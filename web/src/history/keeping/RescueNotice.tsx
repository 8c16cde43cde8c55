import type { Room } from "../../document/useRoom.ts";
import { useRescueNews } from "./rescues.ts";

type Props = { readonly room: Room; readonly onShow: () => void };

/** Shows nothing by itself: it says, in a toast, when somebody's typing was kept aside, and leads to it. */
export function RescueNotice({ room, onShow }: Props) {
  useRescueNews(room.documentId, room.provider, onShow);
  return null;
}
