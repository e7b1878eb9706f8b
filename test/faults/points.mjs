/** Where a process can be stopped, who it is, and what has happened by then. */
export const POINTS = [
  { point: 'K1', process: 'api', at: 'before BEGIN' },
  { point: 'K2', process: 'api', at: 'in the middle of the transaction' },
  { point: 'K3', process: 'api', at: 'after COMMIT, before the answer' },
  { point: 'K4', process: 'api', at: 'after the answer' },
  { point: 'K5', process: 'api', at: 'while an idempotency key is replayed' },
  { point: 'K6', process: 'api', at: 'a batch upload half read', bulk: true },
  { point: 'K7', process: 'worker', at: 'after the outbox was read' },
  { point: 'K8', process: 'worker', at: 'after the queue has the hints, before they are marked' },
  { point: 'K9', process: 'worker', at: 'after the lease, before the decision' },
  { point: 'K10', process: 'worker', at: 'after the decision' },
  { point: 'K11', process: 'worker', at: 'after rendering and sealing' },
  { point: 'K12', process: 'worker', at: 'after INTENT is written, before its COMMIT' },
  { point: 'K13', process: 'worker', at: 'after INTENT has committed' },
  { point: 'K14', process: 'worker', at: 'connected, before the first byte' },
  { point: 'K15', process: 'worker', at: 'after some bytes of the body' },
  { point: 'K16', process: 'worker', at: 'after the last byte, before the response' },
  { point: 'K17', process: 'worker', at: 'after the response, before the outcome is written' },
  { point: 'K18', process: 'worker', at: 'after the outcome is written, before the queue hears' },
  { point: 'K19', process: 'worker', at: 'after the temporary file was opened', files: true },
  { point: 'K20', process: 'worker', at: 'in the middle of writing it', files: true },
  { point: 'K21', process: 'worker', at: 'after fsync, before the rename', files: true },
  { point: 'K22', process: 'worker', at: 'after the rename, before anybody looked', files: true },
  { point: 'K23', process: 'worker', at: 'after an answer was downloaded, before it is stored', answers: true },
  {
    point: 'K24',
    process: 'worker',
    at: 'after it is stored, before it is deleted where it was',
    answers: true,
    files: true,
  },
  {
    point: 'K25',
    process: 'worker',
    at: 'between the claims of one interchange, while INTENT is written',
    files: true,
    together: true,
  },
  {
    point: 'K26',
    process: 'worker',
    at: 'between the claims of one interchange, while what became of it is written',
    files: true,
    together: true,
  },
  { point: 'K12', process: 'worker', at: 'before the COMMIT that puts it into an inbox', inbox: true },
  { point: 'K12', process: 'gateway', at: 'before the COMMIT of the INTENT of a fetch', inbox: true },
  { point: 'K13', process: 'gateway', at: 'after it, before the first byte', inbox: true },
  { point: 'K17', process: 'gateway', at: 'after the last byte, before the outcome is written', inbox: true },
];

/** As a row is called: a point by itself, or where it stands in the way of an inbox. */
export const nameOf = ({ point, process, inbox }) => (inbox ? `${point} (inbox, ${process})` : point);

/** Places at which K15 cuts a body, taken in turn. */
export const CUTS = ['half', '0', '1', 'last', 'all'];
