/** Makes ids that sort by time (uuidv7, RFC 9562): unique over all replicas. */
export interface IdSource {
  next(): string;
}
