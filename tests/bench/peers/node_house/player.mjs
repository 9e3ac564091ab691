// Plays for bpmn-engine: one durable step for each line it is given.
//
// "recover" does what a server must that keeps no case in memory: it reads the state, resumes the
// engine from it, completes the task, and writes the state back. "keep" holds the engine in
// memory and only writes.

import { EventEmitter } from 'node:events';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import process from 'node:process';

const [, , folder] = process.argv;
const { PEER_DIAGRAM: diagram, PEER_PACKAGES: packages, PEER_WAY: way } = process.env;
const require = createRequire(path.join(packages, 'package.json'));
const { Engine } = require('bpmn-engine');

const CONDITION = 'outcome == "again"';
const AGAIN = '${environment.output.again}';
const source = fs.readFileSync(diagram, 'utf8').replace(CONDITION, AGAIN);

// ── Where the state is kept ──────────────────────────────────────────────────

function inSqlite() {
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  const file = new DatabaseSync(path.join(folder, `bpmn-engine-${way}.sqlite`));
  file.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL');
  file.exec('CREATE TABLE kept (id INTEGER PRIMARY KEY, state TEXT NOT NULL)');
  file.exec("INSERT INTO kept VALUES (1, '')");
  const read = file.prepare('SELECT state FROM kept WHERE id = 1');
  const write = file.prepare('UPDATE kept SET state = ? WHERE id = 1');
  return {
    how: 'SQLite file, synchronous=FULL: the state alone, as JSON',
    read: () => read.get().state,
    write: (state) => write.run(state),
  };
}

function inFile() {
  const name = path.join(folder, `bpmn-engine-${way}.json`);
  return {
    how: 'a JSON file, fsync and rename, for this Node has no SQLite of its own',
    read: () => fs.readFileSync(name, 'utf8'),
    write: (state) => {
      const file = fs.openSync(`${name}.new`, 'w');
      fs.writeSync(file, state);
      fs.fsyncSync(file);
      fs.closeSync(file);
      fs.renameSync(`${name}.new`, name);
    },
  };
}

const kept = process.getBuiltinModule?.('node:sqlite') ? inSqlite() : inFile();

// ── The engine ───────────────────────────────────────────────────────────────

function listener() {
  return new EventEmitter();
}

function waits(ear) {
  return new Promise((resolve) => ear.once('activity.wait', resolve));
}

function writeOutcome(activity) {
  activity.on('end', (api) => {
    const told = api.content.output;
    if (api.type === 'bpmn:UserTask') api.environment.output.again = told.outcome === 'again';
  });
}

const extensions = { writeOutcome };
const save = async (engine) => {
  const state = JSON.stringify(await engine.getState());
  kept.write(state);
  return Buffer.byteLength(state);
};

let ear = listener();
let engine = new Engine({ name: 'review', source, extensions });
let waiting = waits(ear);
await engine.execute({ listener: ear });
let task = await waiting;
await save(engine);

async function recovered() {
  ear = listener();
  engine = new Engine({ name: 'review', extensions });
  engine.recover(JSON.parse(kept.read()));
  const resumed = waits(ear);
  await engine.resume({ listener: ear });
  return resumed;
}

async function step() {
  const wall = process.hrtime.bigint();
  const cpu = process.cpuUsage();
  const open = way === 'recover' ? await recovered() : task;
  waiting = waits(ear);
  open.signal({ outcome: 'again' });
  task = await waiting;
  const size = await save(engine);
  const used = process.cpuUsage(cpu);
  const gone = Number(process.hrtime.bigint() - wall);
  if (way === 'recover') engine.stop();
  return {
    cpu_ms: (used.user + used.system) / 1000,
    wall_ms: gone / 1e6,
    state_bytes: size,
  };
}

console.log(JSON.stringify({ persistence: kept.how }));
for await (const _ of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await step()));
}
process.exit(0);
