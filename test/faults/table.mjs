const COLUMNS = [
  'runs',
  'struck',
  'accepted',
  'adjudicated',
  'held',
  'parked',
  'lost',
  'doubled',
  'phantom',
  'leaked',
  'broken',
];

const percentile = (values, share) =>
  [...values].sort((one, other) => one - other)[Math.min(values.length - 1, Math.floor(values.length * share))];

const line = (cells) =>
  `${cells.map((cell, index) => (index === 0 ? String(cell).padEnd(24) : String(cell).padStart(11))).join('')}\n`;

const recoveryOf = ({ recovery }) =>
  recovery.length === 0 ? '-' : `${(percentile(recovery, 0.95) / 1_000).toFixed(1)} s`;

const totalsOf = (rows) =>
  Object.fromEntries(COLUMNS.map((name) => [name, rows.reduce((sum, row) => sum + row[name], 0)]));

const racesText = (races) =>
  races === undefined
    ? ''
    : `\nrevocation races: ${races.races} run, ${races.sent} sent before the revocation, ${races.stopped} stopped, ${races.late.length} too late\n${races.late.map((text) => `  ${text}\n`).join('')}`;

const deadText = (dead) =>
  dead === undefined
    ? ''
    : `\n${dead.dead} dead insurers: ${dead.beside.arrived} of ${dead.claims} claims of the one that is well arrived, in ${dead.ratio} times the time without them\n`;

const plantedText = ({ planted, caught }) =>
  `${planted.map(({ outcome, name, seen }) => `${outcome.padEnd(8)} ${name} (${seen})\n`).join('')}\n${caught} of ${planted.length} planted defects caught\n`;

const caveat = (struck) =>
  struck === 0
    ? ''
    : `\n${struck} strikes without a failure would bound the rate of failures at about 3/${struck} = ${(300 / struck || 0).toFixed(2)} % a strike (95 %), for these points, this load and insurers that\nkeep what they promise. It is no proof that there are none. At an insurer that can neither recognise nor be asked, what may have gone waits for a person.\n`;

/** For people. */
export const table = (report) => {
  if (report.planted !== undefined) return plantedText(report);
  const rows = [...report.points, ...report.outages];
  const totals = totalsOf(rows);
  return [
    line(['point', ...COLUMNS, 'p95']),
    ...rows.map((row) => line([row.point, ...COLUMNS.map((name) => row[name]), recoveryOf(row)])),
    line(['all', ...COLUMNS.map((name) => totals[name]), '']),
    ...rows.filter((row) => row.struck === 0).map((row) => `${row.point} never fired\n`),
    ...report.unscheduled.map((point) => `${point} is in the program and not in the schedule\n`),
    report.redis ? '' : 'redis-server is not on this machine: the Redis engine was not tested\n',
    report.sshd ? '' : 'sshd is not on this machine: K19 to K22 and K24 were not run\n',
    racesText(report.races),
    deadText(report.dead),
    rows.flatMap((row) => row.failures.map((failure) => `${row.point} ${failure}\n`)).join(''),
    caveat(totals.struck),
  ].join('');
};
