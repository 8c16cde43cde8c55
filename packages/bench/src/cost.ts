/**
 * What Cloudflare asks for a Durable Object beyond the included amounts, in US dollars.
 * Source: https://developers.cloudflare.com/durable-objects/platform/pricing
 */
export const prices = {
  perMillionRequests: 0.15,
  perMillionGBSeconds: 12.5,
  perMillionRowsWritten: 1,
  perMillionRowsRead: 0.001,
  perGBMonthStored: 0.2,
} as const;

/** Incoming WebSocket messages that count as one request. */
const MESSAGES_PER_REQUEST = 20;
/** Memory is billed at the most an object may have, whatever it uses. */
const OBJECT_GB = 0.128;
const BYTES_PER_GB = 1e9;
const MILLION = 1e6;
const HOUR_SECONDS = 3600;

/** What was counted while people typed into one document. */
export interface Usage {
  /** How long they typed. */
  readonly seconds: number;
  /** WebSocket messages that the server received. */
  readonly messages: number;
  /** Sockets that were opened; each is a request, once, however long they typed. */
  readonly connections: number;
  readonly rowsWritten: number;
  readonly rowsRead: number;
  /**
   * Seconds that count as active: while code runs, and while something as a timer keeps the object from being
   * eligible for hibernation.
   */
  readonly activeSeconds: number;
  /** Bytes that stay stored. */
  readonly storedBytes: number;
}

/** Requests that Cloudflare would bill for so many messages. */
export function billedRequests(messages: number): number {
  return messages / MESSAGES_PER_REQUEST;
}

/** Dollars for an hour of the same, with what the hour leaves behind stored for a month. */
export function costOfHour(usage: Usage): number {
  const hours = usage.seconds / HOUR_SECONDS;
  const perHour = (amount: number) => amount / hours;
  const requests = perHour(billedRequests(usage.messages)) + usage.connections;
  return (
    (requests * prices.perMillionRequests) / MILLION +
    (perHour(usage.activeSeconds) * OBJECT_GB * prices.perMillionGBSeconds) / MILLION +
    (perHour(usage.rowsWritten) * prices.perMillionRowsWritten) / MILLION +
    (perHour(usage.rowsRead) * prices.perMillionRowsRead) / MILLION +
    (perHour(usage.storedBytes) * prices.perGBMonthStored) / BYTES_PER_GB
  );
}
