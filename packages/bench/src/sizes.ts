/** How much of everything a run does. */
export interface Sizes {
  /** a: sockets that read what one typist writes, and for how long, in seconds. */
  readonly readers: number;
  readonly fanOutSeconds: number;
  /** b: clients that write at once, and updates of each. */
  readonly writers: number;
  readonly updatesPerWriter: number;
  /** c: documents with two writers each, and for how long, in seconds. */
  readonly documents: number;
  readonly documentsSeconds: number;
  /** d: edits of the trace, from its beginning. */
  readonly edits: number;
  /** e: cold openings of each kind. */
  readonly openings: number;
  /** f: silences of 15 s with a change after each. */
  readonly wakes: number;
  /** g: kills at receipt, and documents typed in when the last one comes. */
  readonly kills: number;
  readonly typedDocuments: number;
  /** h: how long people type, in seconds, and by how many documents with one writer each. */
  readonly typingSeconds: number;
  readonly soloDocuments: number;
  /** j: openings of each kind in the browser, blocks of a document and of a large one, keys typed in each, edits of another. */
  readonly pageLoads: number;
  readonly blocks: number;
  readonly manyBlocks: number;
  readonly keys: number;
  readonly remoteEdits: number;
  /** k: how long two people type in browsers, in seconds. */
  readonly browserSeconds: number;
}

export const usualSizes: Sizes = {
  readers: 100,
  fanOutSeconds: 5,
  writers: 10,
  updatesPerWriter: 2_000,
  documents: 200,
  documentsSeconds: 8,
  edits: Number.POSITIVE_INFINITY,
  openings: 3,
  wakes: 3,
  kills: 20,
  typedDocuments: 3,
  typingSeconds: 30,
  soloDocuments: 8,
  pageLoads: 7,
  blocks: 2_000,
  manyBlocks: 10_000,
  keys: 100,
  remoteEdits: 40,
  browserSeconds: 1_800,
};

/** To see that everything works; the numbers say little. */
export const quickSizes: Sizes = {
  readers: 20,
  fanOutSeconds: 2,
  writers: 10,
  updatesPerWriter: 300,
  documents: 20,
  documentsSeconds: 3,
  edits: 20_000,
  openings: 1,
  wakes: 1,
  kills: 3,
  typedDocuments: 1,
  typingSeconds: 12,
  soloDocuments: 4,
  pageLoads: 2,
  blocks: 200,
  manyBlocks: 1_000,
  keys: 15,
  remoteEdits: 5,
  browserSeconds: 60,
};
