/** First number of a message. 0–3 are y-protocols', from 64 on they are ours and need the subprotocol. */
export const MessageType = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  hello: 64,
  push: 65,
  confirmed: 66,
  audit: 67,
  welcome: 80,
  part: 81,
  frames: 82,
  synced: 83,
  ack: 84,
  resync: 85,
  notice: 86,
  confirm: 87,
  audited: 88,
  helloAgain: 89,
} as const;

/** Second number of a sync message. */
export const SyncType = { step1: 0, step2: 1, update: 2 } as const;
