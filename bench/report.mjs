// SPDX-License-Identifier: Apache-2.0
// Makes FILE.md and FILE.svg of the measurements in FILE.tsv (bench/lib.sh: note). Usage: node bench/report.mjs FILE
import { readFileSync, writeFileSync } from 'node:fs';

const base = process.argv[2];
const notes = readFileSync(`${base}.tsv`, 'utf8').trim().split('\n').map(line => {
  const [kind, ...pairs] = line.split('\t').flatMap((part, i) => i && !part.includes('=') ? [] : [part]);
  const note = { kind };
  // A part may itself hold several pairs: what the load generator said.
  for (const pair of pairs) {
    const words = /^\S+=[^=]*$/.test(pair) ? [pair] : pair.split(' ');
    for (const word of words) {
      const at = word.indexOf('=');
      if (at < 1) continue;
      const value = word.slice(at + 1);
      note[word.slice(0, at)] = value !== '' && !isNaN(value) && !['lapor', 'kernel', 'sqlite', 'postgresql'].includes(word.slice(0, at)) ? Number(value) : value;
    }
  }
  return note;
});

const of = (kind, want = {}) => notes.filter(n => n.kind === kind && Object.entries(want).every(([k, v]) => n[k] === v));
const median = list => { const s = [...list].sort((a, b) => a - b), h = s.length >> 1; return s.length ? (s[h] + s[(s.length - 1) >> 1]) / 2 : NaN; };
const middle = (kind, key, want) => median(of(kind, want).map(n => n[key]).filter(v => v !== undefined));
const distinct = (kind, key) => [...new Set(of(kind).map(n => n[key]))];
const sizes = [...new Set(notes.map(n => n.size).filter(Boolean))].sort((a, b) => a - b);
const engines = [...new Set(notes.map(n => n.engine).filter(Boolean))];
const names = { sqlite: 'SQLite', pgsql: 'PostgreSQL' };
const whole = n => Math.round(n).toLocaleString('en-US');
const ratio = n => isFinite(n) ? n.toFixed(2) : '';
const time = us => us >= 10000 ? `${(us / 1000).toFixed(0)} ms` : us >= 1000 ? `${(us / 1000).toFixed(1)} ms` : `${Math.round(us)} us`;
const mega = kb => `${(kb / 1024).toFixed(1)} MB`;

const lines = [];
const targets = []; // { label, part }: the figure as a part of its aim: up to 1 is met
const growths = []; // { label, engine, size, value }: p99 as a ratio to the first size's, as fast as it goes
const calm = [];    // the same at a fixed rate
const table = (head, rows) => {
  if (!rows.length) return;
  lines.push(`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...rows.map(r => `| ${r.join(' | ')} |`), '');
};
const title = text => lines.push(`## ${text}`, '');
const atMost = (label, value, aim) => { if (isFinite(value)) targets.push({ label, part: value / aim }); return isFinite(value) && value <= aim ? 'yes' : 'no'; };
const atLeast = (label, value, aim) => { if (isFinite(value)) targets.push({ label, part: aim / value }); return isFinite(value) && value >= aim ? 'yes' : 'no'; };
const where = (engine, size) => `${names[engine]}, ${whole(size)}`;
const each = make => engines.flatMap(engine => sizes.map(size => make(engine, size))).filter(Boolean);

// The aims of the pages: processors' time against nginx with a file of the same bytes.
const pageAim = what => what === 'tracking' ? 4 : what.endsWith('kept') ? 2 : what === 'inbox' ? 10 : 0;

function machine() {
  const m = of('machine')[0] || {};
  lines.push(`# Measured on ${base.split('/').pop()}`, '',
    `${m.cores} cores of ${m.processor}, ${m.memory_gb} GB, ${whole(m.syncs)} syncs of 4 KB a second; ${m.system}, Linux ${m.kernel}; SQLite ${m.sqlite}, ` +
    `PostgreSQL ${m.postgresql}, nginx ${m.nginx}, gcc ${m.compiler}; lapor ${m.lapor}. The load generator, nginx and PostgreSQL run on the same cores. ` +
    'Medians of all rounds; `cpu` is processors\' time a request, on PostgreSQL of lapor and of the database together.', '');
}

function pages() {
  if (!of('page').length) return;
  title('Pages: 64 kept connections, as fast as they go');
  const rows = [];
  for (const what of distinct('page', 'what'))
    for (const engine of engines)
      for (const size of sizes) {
        const want = { what, engine, size };
        if (!of('page', want).length) continue;
        const us = middle('page', 'us', want), near = of('nginx', want)[0] || {}, aim = pageAim(what), first = middle('page', 'p99', { ...want, size: sizes[0] });
        const p99 = middle('page', 'p99', want), grown = p99 / first, failed = of('page', want).reduce((n, p) => n + p.bad, 0);
        // The aims for pages were set for the embedded database.
        const met = aim && engine === 'sqlite' ? atMost(`${what}, ${whole(size)}: cpu / nginx <= ${aim}`, us / near.us, aim) : '';
        if (size !== sizes[0]) growths.push({ label: what, engine, size, value: grown });
        rows.push([what, where(engine, size), whole(of('page', want)[0].bytes), `${whole(middle('page', 'rps', want))}`, us.toFixed(0), ratio(us / near.us), aim && engine === 'sqlite' ? `<= ${aim}: ${met}` : '',
          time(middle('page', 'p50', want)), time(p99), size === sizes[0] ? '' : ratio(grown), failed || '']);
      }
  table(['page', 'reports', 'bytes', 'requests/s', 'cpu us', 'cpu / nginx', 'aim', 'p50', 'p99', `p99 / p99 at ${whole(sizes[0])}`, 'failed'], rows);
}

function open() {
  if (!of('open').length) return;
  title('Pages: requests that come at a fixed rate');
  lines.push('Time from the moment a request was due, at a rate the server can well answer: what a person waits.', '');
  const rows = [];
  for (const what of distinct('open', 'what'))
    for (const engine of engines) {
      const p99 = sizes.map(size => middle('open', 'p99_us', { what, engine, size }));
      if (!isFinite(p99[0])) continue;
      rows.push([what, names[engine], of('open', { what, engine })[0].rate, ...sizes.map((size, i) => `${time(middle('open', 'p50_us', { what, engine, size }))} / ${time(p99[i])}`),
        ratio(p99[p99.length - 1] / p99[0])]);
      sizes.slice(1).forEach((size, i) => calm.push({ label: what, engine, size, value: p99[i + 1] / p99[0] }));
    }
  table(['page', 'engine', 'a second', ...sizes.map(size => `p50 / p99 at ${whole(size)}`), 'growth of p99'], rows);
}

// What must not grow with the reports that are stored.
const FLAT = ['tracking', 'public list', 'search', 'inbox', 'inbox search'];
function growth() {
  for (const [list, how] of [[growths, 'full load'], [calm, 'fixed rate']])
    for (const g of list.filter(one => FLAT.includes(one.label)))
      atMost(`${g.label}, ${names[g.engine]}, ${how}: p99 / p99 at ${whole(sizes[0])} <= 1.5`, g.value, 1.5);
}

function writes() {
  const rows = each((engine, size) => {
    const n = of('write', { engine, size })[0];
    if (!n) return null;
    const label = engine === 'sqlite' ? 'plain SQLite group commit of the same rows' : 'pgbench, one insert of the same size, 8 clients';
    return [where(engine, size), whole(n.rps), n.us.toFixed(0), time(n.p50), time(n.p99), `${label}: ${whole(n.limit)}/s`, ratio(n.rps / n.limit),
      engine === 'sqlite' ? `>= 0.5: ${atLeast(`durable POST, ${where(engine, size)}: / group commit >= 0.5`, n.rps / n.limit, 0.5)}` : '', n.bad || ''];
  });
  if (!rows.length) return;
  title('A report sent and durable: 64 clients');
  table(['reports', 'a second', 'cpu us', 'p50', 'p99', 'against', 'ratio', 'aim', 'failed'], rows);
}

function lives() {
  const rows = each((engine, size) => {
    const n = of('life', { engine, size })[0], aim = engine === 'sqlite' ? 300 : 150;
    if (!n) return null;
    const rate = n.lives_per_s;
    return [where(engine, size), whole(rate), `>= ${aim}: ${atLeast(`whole lives, ${where(engine, size)} >= ${aim}/s`, rate, aim)}`, whole(n.posts_per_s), n.lives ? `${(n.ticks * 10 / n.lives).toFixed(1)} ms` : '', n.errors || ''];
  });
  if (!rows.length) return;
  title('Whole lives: sent, verified, handed over, answered, replied to, answered again, closed');
  lines.push('Over HTTP, 64 citizens and officers at once; each of the seven steps is durable before it is answered, with its events, clocks, figures and messages.', '');
  table(['reports', 'lives a second', 'aim', 'durable steps a second', 'cpu a life', 'errors'], rows);
}

function mixed() {
  const rows = each((engine, size) => {
    const n = of('mixed', { engine, size })[0];
    if (!n) return null;
    return [where(engine, size), n.rate, n.seconds, whole(n.requests), n.errors, time(n.p50_us), time(n.p99_us), n.grown_kb === undefined ? '' : `${n.grown_kb} kB`];
  });
  if (!rows.length) return;
  title('Mixed load at a fixed rate');
  table(['reports', 'requests a second', 'seconds', 'requests', 'errors', 'p50', 'p99', 'memory grown'], rows);
}

function machineRoom() {
  const rows = [];
  for (const engine of engines)
    for (const size of sizes) {
      const at = where(engine, size), want = { engine, size };
      for (const n of of('demo', want)) rows.push(['demo', at, `${whole(size / n.wall)}/s, ${(n.cpu * 1e6 / size).toFixed(0)} us cpu each`, size >= 100000 ? `>= 20,000/s: ${atLeast(`demo, ${at} >= 20,000/s`, size / n.wall, 20000)}` : '']);
      for (const n of of('copy', want)) rows.push(['copied from SQLite', at, `${n.wall.toFixed(1)} s, ${whole(size / n.wall)}/s`, '']);
      for (const n of of('check', want)) rows.push(['check', at, `${n.wall.toFixed(1)} s`, size === 1000000 ? `<= 120 s: ${atMost(`check, ${at} <= 120 s`, n.wall, 120)}` : '']);
      for (const n of of('start', want)) {
        rows.push(['start to first answer', at, `${n.ms} ms`, `<= 500 ms: ${atMost(`start, ${at} <= 500 ms`, n.ms, 500)}`]);
        rows.push(['memory, idle', at, mega(n.idle_kb), size >= 1000000 ? `<= 96 MB: ${atMost(`memory idle, ${at} <= 96 MB`, n.idle_kb, 96 * 1024)}` : `<= 24 MB: ${atMost(`memory idle, ${at} <= 24 MB`, n.idle_kb, 24 * 1024)}`]);
      }
      const most = Math.max(...of('memory', want).map(n => n.kb));
      if (isFinite(most)) rows.push(['memory, 64 connections', at, mega(most), `<= 96 MB: ${atMost(`memory loaded, ${at} <= 96 MB`, most, 96 * 1024)}`]);
    }
  if (!rows.length) return;
  title('Time and memory of the program');
  table(['what', 'reports', 'measured', 'aim'], rows);
}

// One bar a figure: its part of the aim on a scale of doublings, the line is the aim.
function chart() {
  const bars = targets.map(t => ({ ...t, met: t.part <= 1 }));
  const row = 18, left = 430, span = 330, top = 56, height = top + bars.length * row + 30;
  const low = -5, high = 3, x = part => left + span * (Math.min(high, Math.max(low, Math.log2(part))) - low) / (high - low);
  const text = (px, y, s, more = '') => `<text x="${px}" y="${y}" ${more}>${s.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</text>`;
  const svg = [`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 820 ${height}" width="820" height="${height}" font-family="sans-serif" font-size="12" role="img" aria-labelledby="t">`,
    `<title id="t">Each figure as a part of its aim</title><rect width="820" height="${height}" fill="#fff"/>`,
    text(12, 22, 'Each figure as a part of its aim', 'font-size="16" font-weight="bold" fill="#141d36"'),
    text(12, 40, 'Left of the line the aim is met; a step to the left is twice as good.', 'fill="#4e5871"')];
  for (let e = low; e <= high; e++) {
    const at = x(2 ** e), label = e < 0 ? `1/${2 ** -e}` : String(2 ** e);
    svg.push(`<line x1="${at}" x2="${at}" y1="${top - 6}" y2="${height - 24}" stroke="${e ? '#dddbd3' : '#141d36'}"/>`, text(at, height - 8, label, 'text-anchor="middle" fill="#4e5871"'));
  }
  bars.forEach((b, i) => {
    const y = top + i * row, end = x(b.part);
    svg.push(text(left - 8, y + 12, b.label, 'text-anchor="end" fill="#141d36" font-size="11"'),
      `<rect x="${left}" y="${y + 2}" width="${Math.max(1, end - left).toFixed(1)}" height="${row - 6}" fill="${b.met ? '#1c3a8c' : '#b4122b'}"/>`,
      text(Math.min(end + 4, 790), y + 12, b.part < 0.01 ? b.part.toFixed(3) : b.part.toFixed(2), 'fill="#4e5871" font-size="10"'));
  });
  svg.push('</svg>');
  writeFileSync(`${base}.svg`, `${svg.join('\n')}\n`);
}

machine();
pages();
open();
growth();
writes();
lives();
mixed();
machineRoom();
chart();
const missed = targets.filter(t => t.part > 1);
lines.splice(4, 0, `![Each figure as a part of its aim](${base.split('/').pop()}.svg)`, '', `${targets.length - missed.length} of ${targets.length} aims are met.`,
  ...(missed.length ? ['Not met:', '', ...missed.map(t => `- ${t.label} (${t.part.toFixed(2)} of it)`)] : []), '');
writeFileSync(`${base}.md`, `${lines.join('\n')}\n`);
