// Reports that left for a yearly archive, over plain HTTP: shown as before, without acts; found by code, number, search and
// account; never more said of them than of others; and what is said while their archive is away.
// Usage: node archive.mjs LAPOR_BINARY
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Browser as AnyBrowser } from './browser.mjs'
import { ask, check, equal, failures, must, startServer } from './wire.mjs'

const NOW = '2026-12-22 14:00 WIB'
const lapor = process.argv[2]
const dir = mkdtempSync(join(tmpdir(), 'lapor-archive-'))
const db = `sqlite:${join(dir, 'lapor.db')}`, uploads = join(dir, 'uploads')
const file = (year) => join(dir, `${year}.db`)
const run = (...args) => {
  const done = spawnSync(lapor, args, { encoding: 'utf8' })
  must(done.status === 0, `lapor ${args[0]}: ${done.stderr}`)
  return done.stdout
}
const sql = (path, text) => {
  const done = spawnSync('sqlite3', ['-cmd', '.timeout 5000', path, text], { encoding: 'utf8' })
  must(done.status === 0, done.stderr)
  return done.stdout.trim()
}
const main = (text) => sql(join(dir, 'lapor.db'), text)

mkdirSync(uploads)
const accounts = run('demo', '--db', db, '--reports', '250', '--seed', '8', '--now', '2024-03-22 14:00 WIB').trim().split('\n')
  .map((line) => { const [role, login, password] = line.split('\t'); return { role, login, password } })
run('work', '--once', '--db', db, '--now', '2024-12-22 14:00 WIB')
main(`UPDATE reporter SET account_id = (SELECT id FROM account WHERE login = 'warga') WHERE id IN
  (SELECT reporter_id FROM report WHERE is_open = 0 AND number LIKE '2023-%' ORDER BY id LIMIT 5)`)
for (const year of ['2022', '2023']) run('archive', '--db', db, '--year', year, '--to', `sqlite:${file(year)}`, '--now', NOW)
renameSync(file('2022'), join(dir, 'elsewhere.db'))
const server = await startServer({ dir, db, lapor, uploads },
  { config: `operator_name: Dinas Kominfo\narchives: ["sqlite:${file('2023')}", "sqlite:${file('2022')}"]\n`, now: NOW })

class Browser extends AnyBrowser {
  constructor() { super(server.port) }
  async signIn(role, login) {
    const { login: nama, password: sandi } = accounts.find((a) => a.role === role && (!login || a.login === login))
    await this.get('/masuk')
    equal((await this.post('/masuk', { nama, login: nama, akun: nama, sandi })).status, 303, `${role} signs in`)
    return this
  }
}
const one = (year, where) => {
  const [number, code] = main(`SELECT number, code FROM archived WHERE year = ${year} AND ${where} ORDER BY report_id LIMIT 1`).split('|')
  must(number, `a report of ${year} with ${where}`)
  return { number, code }
}
const open = one(2023, 'is_public = 1'), away = one(2022, 'is_public = 1')
const acts = (body) => [...body.matchAll(/<form[^>]*action="([^"]*)"/g)].map((m) => m[1])
  .filter((a) => a.startsWith('/lacak/') || a.startsWith('/meja/laporan/'))

await check('what it was told of is said when it starts', () => {
  must(/2023\.db is the archive of 2023/.test(server.log), 'the one that is there')
  must(/2022\.db is not shown: .*lapor init/.test(server.log), 'the one that is not')
})
await check('the reporter\'s page is shown from the archive, and says so, without acts', async () => {
  const { status, body } = await new Browser().get(`/lacak/${open.code}`)
  equal(status, 200, 'status')
  must(body.includes('Arsip 2023') && body.includes(open.number), 'archive and number')
  equal(acts(body).length, 0, 'forms')
})
await check('nothing is changed there, and the refusal says why', async () => {
  const person = new Browser()
  await person.get('/lapor')
  for (const act of ['buka', 'nilai', 'balas', 'cabut', 'ombudsman']) {
    const { status, body } = await person.post(`/lacak/${open.code}/${act}`, { pesan: 'Belum selesai', nilai: '5' })
    equal(status, 409, act)
    must(body.includes('arsip tahunan'), `${act}: why`)
  }
})
await check('a public report has its page by number; one that is not public has none', async () => {
  const { status, body } = await new Browser().get(`/laporan/${open.number}`)
  equal(status, 200, 'status')
  must(body.includes('Arsip 2023'), 'archive')
  equal((await new Browser().get(`/laporan/${one(2023, 'is_public = 0').number}`)).status, 404, 'a secret one')
  equal((await new Browser().get(`/laporan/${one(2022, 'is_public = 0').number}`)).status, 404, 'a secret one whose archive is away')
})
await check('the list leads to the archives, and searches in one', async () => {
  must((await new Browser().get('/laporan')).body.includes('href="/laporan?arsip=2023"'), 'the link')
  const title = sql(file('2023'), `SELECT public_title FROM report WHERE number = '${open.number}'`)
  const { status, body } = await new Browser().get(`/laporan?arsip=2023&q=${encodeURIComponent(title)}`)
  equal(status, 200, 'status')
  must(body.includes(`/laporan/${open.number}`), 'the report is found')
  must(body.includes('name="arsip" value="2023"'), 'the form stays there')
  must(!(await new Browser().get(`/laporan?q=${encodeURIComponent(title)}`)).body.includes(`/laporan/${open.number}"`), 'not in the present')
  equal((await new Browser().get('/laporan?arsip=2019')).status, 404, 'a year without an archive')
})
await check('while an archive is away, a report in it is not lost but 503, and whom to ask is said', async () => {
  for (const path of [`/lacak/${away.code}`, `/laporan/${away.number}`, '/laporan?arsip=2022']) {
    const { status, body, headers } = await new Browser().get(path)
    equal(status, 503, path)
    must(body.includes('Arsip 2022 sedang tidak bisa dibuka') && body.includes('Dinas Kominfo'), `${path}: words`)
    must(headers['retry-after'] && headers['cache-control'] === 'no-store', `${path}: headers`)
  }
  const json = await ask(server.port, 'GET', `/laporan/${away.number}`, { headers: { Accept: 'application/json' } })
  must(json.status === 503 && JSON.parse(json.body).galat.includes('2022'), 'JSON')
})
await check('when it is back it is shown, without a restart', async () => {
  renameSync(join(dir, 'elsewhere.db'), file('2022'))
  for (let i = 0; i < 200; i++) {
    if ((await new Browser().get(`/laporan/${away.number}`)).status === 200) return
    await new Promise((r) => setTimeout(r, 100))
  }
  throw new Error('it is not')
})
await check('officers find it by number, read what is theirs, and have no acts', async () => {
  const admin = await new Browser().signIn('national_admin')
  const found = await admin.get(`/meja?q=${open.number}`)
  equal(found.status, 303, 'the search leads there')
  const { status, body } = await admin.get(found.headers.location)
  equal(status, 200, 'status')
  must(body.includes('Arsip 2023'), 'archive')
  equal(acts(body).join(' '), '', 'forms')
  const note = await admin.post(`/meja/laporan/${open.number}/tindakan/note`, { catatan: 'Masih dicari' })
  must(note.status === 409 && note.body.includes('arsip tahunan'), `a note: ${note.status}`)
})
await check('a secret report does not exist for officers beside it', async () => {
  const [number] = sql(file('2023'), `SELECT r.number FROM report r JOIN agency o ON o.id = r.opd_id WHERE r.visibility = 3 AND o.slug <> 'dishub' LIMIT 1`).split('|')
  must(number, 'a secret report')
  const liaison = await new Browser().signIn('liaison', 'dishub')
  equal((await liaison.get(`/meja/laporan/${number}`)).status, 404, 'a liaison of another OPD')
  equal((await (await new Browser().signIn('national_admin')).get(`/meja/laporan/${number}`)).status, 200, 'the national admin')
})
await check('who has an account finds them among their own', async () => {
  const citizen = await new Browser().signIn('citizen', 'warga')
  const { body } = await citizen.get('/laporan-saya')
  const mine = main(`SELECT code FROM archived WHERE account_id IS NOT NULL`).split('\n')
  must(mine[0] && mine.every((code) => body.includes(`/lacak/${code}`)), `${mine.length} of them`)
  must(body.includes('Arsip 2023'), 'with their archive')
})
await check('an unknown code is as unknown as before', async () => {
  equal((await new Browser().get('/lacak/AAAAAAAAAA')).status, 404, 'status')
})
await server.stop()
await check('an archive of another version is not shown, and how to bring it up to date is said', async () => {
  sql(file('2023'), 'DELETE FROM schema_version WHERE number = (SELECT max(number) FROM schema_version)')
  const other = await startServer({ dir, db, lapor, uploads }, { config: `archives: ["sqlite:${file('2023')}"]\n`, now: NOW })
  const answer = await ask(other.port, 'GET', `/laporan/${open.number}`)
  await other.stop()
  equal(answer.status, 503, 'status')
  must(/2023\.db is not shown: this database has version \d+.*lapor init/.test(other.log), other.log)
})
rmSync(dir, { recursive: true, force: true })
process.exit(failures() ? 1 : 0)
