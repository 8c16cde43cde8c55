export type { Difference, ServerLacks } from "./audit.ts";
export type { Refusal } from "./connection.ts";
export type { ProviderEvents } from "./events.ts";
export type { Progress } from "./intake.ts";
export { type ProviderOptions, type Socket, type SocketConstructor, TicketRefused } from "./options.ts";
export { Provider } from "./provider.ts";
export type { ProviderState, Status } from "./state.ts";
export type { Timers } from "./timers.ts";
