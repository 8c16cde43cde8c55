export const root: string;
export const quietEnv: Readonly<Record<string, string>>;
export function fail(sentence: string): never;
export function ensureInstalled(): void;
export function runUnderOwnNode(script: string, entry: string): Promise<void>;
export function binPath(): string;
