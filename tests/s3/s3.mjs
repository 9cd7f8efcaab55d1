// Attachments in an object store: kept, read, found missing, not sent when changed; the store away, its key wrong; rubbish removed;
// moved from one place to another.
// Usage: node s3.mjs LAPOR_BINARY
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { Browser, TEXT } from '../web/browser.mjs'
import { ask, check, equal, failures, makeWorld, multipart, MULTIPART, must, startServer, uploadsLeft } from '../web/wire.mjs'
import { bytesOf, call } from './client.mjs'
import { Swift } from './swift.mjs'

const lapor = process.argv[2]
const world = makeWorld(lapor)
const swift = await Swift.begin(world.dir)
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const PDF = Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(300000, 0x20), Buffer.from('\n%%EOF\n')])

function configFor(store, secret = store.secret) {
  const keys = join(world.dir, `keys-${Math.random().toString(36).slice(2)}`)
  writeFileSync(keys, `${store.access}\n${secret}\n`, { mode: 0o600 })
  return `trusted_proxy: 127.0.0.1\nsubmit_per_hour: 0\nfiles_s3: ${store.url}${swift.bucket}/pra/fiks\nfiles_s3_key_file: ${keys}\n`
}
const config = configFor(swift)
const configFile = join(world.dir, 's3.yaml')
writeFileSync(configFile, config)
const folder = join(world.dir, 'folder')
mkdirSync(folder)

const run = (...args) => spawnSync(lapor, [...args, '--db', world.db, '--config', configFile], { encoding: 'utf8' })
const sql = (text) => spawnSync('sqlite3', [world.db.slice('sqlite:'.length), text], { encoding: 'utf8' }).stdout.trim()
const inMinutes = (n) => new Date(Date.now() + n * 60000).toISOString().replace(/\.\d+/, '')
const work = (minutes) => run('work', '--once', '--now', inMinutes(minutes))
const objectOf = (id) => swift.path(`pra/fiks/${sql(`SELECT storage_key FROM attachment WHERE id = ${id}`).slice('s3:'.length)}`)
const fetchFile = (server, browser, path) => fetch(`http://127.0.0.1:${server.port}${path}`, { headers: {
  'X-Forwarded-For': browser.address, Cookie: [...browser.cookies].map(([n, v]) => `${n}=${v}`).join('; ') } })
const bytes = async (answer) => Buffer.from(await answer.arrayBuffer())

// A browser with a draft and files in it; what has become of the files.
async function draftWith(server, ...files) {
  const b = new Browser(server.port)
  await b.fill({ title: 'Lampu dengan lampiran' })
  await b.get('/lapor/bukti')
  const answer = await b.upload('/lapor/bukti', [['aksi', 'unggah'], ...files.map(([data, name]) => ['lampiran', data, name])])
  const ids = answer.status === 303 ? sql('SELECT id FROM attachment WHERE draft_id = (SELECT max(id) FROM draft) ORDER BY id').split('\n').map(Number) : []
  return { b, answer, ids, paths: ids.map((id) => `/lapor/berkas/${id}`) }
}

async function keptAndRead() {
  const before = await startServer(world)
  const old = await draftWith(before, [PNG, 'lama.png'])
  await before.stop()
  equal(sql(`SELECT storage_key FROM attachment WHERE id = ${old.ids[0]}`), 'db', 'where the first one lies')

  const server = await startServer(world, { config })
  const d = await draftWith(server, [PNG, 'lampu.png'], [PDF, 'surat.pdf'])
  await check('an upload becomes an object, and no bytes are in the database', async () => {
    equal(d.answer.status, 303, 'status')
    equal(d.ids.length, 2, 'files')
    for (const id of d.ids) {
      must((await bytesOf(swift, objectOf(id)))?.length === Number(sql(`SELECT size_bytes FROM attachment WHERE id = ${id}`)), 'no object of its size')
      equal(sql(`SELECT count(*) FROM attachment_data WHERE attachment_id = ${id}`), '0', 'rows of bytes')
    }
    equal(sql('SELECT count(*) FROM loose_file'), '0', 'loose files')
  })
  await check('it is read as it was stored, with its type and name, and leaves nothing behind', async () => {
    for (const [i, type] of [[0, 'image/png'], [1, 'application/pdf']]) {
      const a = await fetchFile(server, d.b, d.paths[i])
      equal(a.status, 200, 'status')
      equal(a.headers.get('content-type'), type, 'type')
      must((await bytes(a)).equals(await bytesOf(swift, objectOf(d.ids[i]))), 'other bytes')
    }
    equal(uploadsLeft(world), 0, 'temporary files')
  })
  await check('many at once are all answered', async () => {
    const all = await Promise.all(Array.from({ length: 40 }, () => fetchFile(server, d.b, d.paths[1])))
    for (const a of all) must(a.status === 200 && (await bytes(a)).equals(PDF), `status ${a.status}`)
  })
  await check('what came before lies in the database and is read side by side', async () => {
    old.b.port = () => server.port
    equal((await fetchFile(server, old.b, old.paths[0])).status, 200, 'status')
  })
  await check('a report carries its file to the desk', async () => {
    equal((await d.b.send()).headers.location, '/lapor/terkirim', 'sent')
    const { code } = await d.b.sent()
    const a = await fetchFile(server, d.b, `/lacak/${code}/berkas/${d.ids[1]}`)
    must(a.status === 200 && (await bytes(a)).equals(PDF), `status ${a.status}`)
    d.path = `/lacak/${code}/berkas/${d.ids[1]}`
  })
  return { server, d, old }
}

async function changedAndMissing({ server, d }) {
  const object = objectOf(d.ids[1])
  await check('bytes that were changed in the store are not sent', async () => {
    const changed = Buffer.from(PDF)
    changed[1000] = 0x21
    await call(swift, 'PUT', object, changed)
    const a = await fetchFile(server, d.b, d.path)
    equal(a.status, 500, 'status')
    must(!(await a.text()).includes('%PDF'), 'sent all the same')
    for (const other of [PDF.subarray(0, 1000), Buffer.concat([PDF, PDF])]) {
      await call(swift, 'PUT', object, other)
      must((await fetchFile(server, d.b, d.path)).status >= 500, 'another size')
    }
    equal(uploadsLeft(world), 0, 'temporary files')
  })
  await check('lapor check sees another size', () => {
    const { status, stdout } = run('check')
    must(status === 1 && stdout.includes(`attachment ${d.ids[1]}: object`) && stdout.includes('another size'), stdout)
  })
  await check('a lost object is an error, and lapor check names it', async () => {
    await call(swift, 'DELETE', object)
    equal((await fetchFile(server, d.b, d.path)).status, 500, 'status')
    const { status, stdout } = run('check')
    must(status === 1 && new RegExp(`attachment ${d.ids[1]}: object [0-9a-f]{32} is not there\n1 findings`).test(stdout), stdout)
  })
  await check('put back, all is well', async () => {
    await call(swift, 'PUT', object, PDF)
    equal((await fetchFile(server, d.b, d.path)).status, 200, 'status')
    equal(run('check').stdout, 'clean\n', 'check')
  })
}

async function rubbish({ server }) {
  const post = (judul, files = [[PNG, 'a.png']]) => ask(server.port, 'POST', '/lapor/kirim', { headers: { ...MULTIPART, Accept: 'application/json' },
    body: multipart([['jenis', 'pengaduan'], ['judul', judul], ['isi', TEXT], ['sifat', 'anonim'], ...files.map(([data, name]) => ['lampiran', data, name])]) })
  const before = (await swift.objects()).length
  await check('an object that no row took is removed an hour later', async () => {
    equal((await post('x')).status, 422, 'a short title')
    equal((await swift.objects()).length, before + 1, 'objects')
    work(59)
    equal((await swift.objects()).length, before + 1, 'objects after 59 minutes')
    equal(work(61).status, 0, 'work')
    equal((await swift.objects()).length, before, 'objects after 61 minutes')
    equal(sql('SELECT count(*) FROM loose_file'), '0', 'loose files')
  })
  await check('a server killed between the object and its row leaves nothing for ever', async () => {
    const doomed = await startServer(world, { config })
    const dying = ask(doomed.port, 'POST', '/lapor/kirim', { headers: MULTIPART, body: multipart([['jenis', 'pengaduan'], ['judul', 'Lampu mati'],
      ['isi', TEXT], ['sifat', 'anonim'], ...Array.from({ length: 5 }, (_, i) => ['lampiran', PDF, `${i}.pdf`])]) }).catch(() => null)
    for (let i = 0; i < 200 && (await swift.objects()).length === before; i++) { /* until the first one is there */ }
    doomed.child.kill('SIGKILL')
    await dying
    const kept = Number(sql("SELECT count(*) FROM attachment WHERE storage_key LIKE 's3:%'"))
    equal(kept, before, 'rows')
    must(Number(sql('SELECT count(*) FROM loose_file')) === 5, 'they were not announced')
    equal(work(61).status, 0, 'work')
    equal((await swift.objects()).length, before, 'objects')
    equal(run('check').stdout, 'clean\n', 'check')
  })
  const d = await draftWith(server, [PNG, 'salah.png'])
  await check('a file taken out of a draft goes a day later; while the store is away that is tried again', async () => {
    const object = objectOf(d.ids[0])
    await d.b.post('/lapor/bukti', { hapus: String(d.ids[0]) })
    work(23 * 60)
    must(await bytesOf(swift, object), 'gone too early')
    await swift.stop()
    const failed = work(25 * 60)
    must(failed.status === 1 && /1 failed/.test(failed.stderr), failed.stderr)
    await swift.start()
    equal(work(25 * 60).status, 0, 'not yet again')
    must(await bytesOf(swift, object), 'gone too early')
    equal(work(25 * 60 + 2).status, 0, 'work')
    equal(await bytesOf(swift, object), null, 'the object')
  })
}

async function away({ server, d }) {
  const draft = await draftWith(server, [PNG, 'ada.png'])
  await swift.stop()
  await check('the store is away: reading says so, with Retry-After', async () => {
    const a = await fetchFile(server, d.b, d.path)
    equal(a.status, 503, 'status')
    must(a.headers.get('retry-after') && /Lampiran ini tidak hilang/.test(await a.text()), 'the words')
  })
  await check('an upload is refused with a reason, and the draft with all its fields stays', async () => {
    const a = await draft.b.upload('/lapor/bukti', [['aksi', 'unggah'], ['lampiran', PDF, 'baru.pdf']])
    equal(a.status, 503, 'status')
    must(a.headers['retry-after'] && a.body.includes('baru.pdf') && /belum tersimpan. Isian Anda tidak hilang/.test(a.body), 'the words')
    must(a.body.includes('ada.png'), 'the file that was there')
    const page = await draft.b.get('/lapor/periksa')
    must(page.body.includes('Lampu dengan lampiran'), 'the draft')
  })
  await check('the interface of one request answers 503, and keeps nothing', async () => {
    const reports = sql('SELECT count(*) FROM report')
    const a = await ask(server.port, 'POST', '/lapor/kirim', { headers: { ...MULTIPART, Accept: 'application/json' }, body: multipart([
      ['jenis', 'pengaduan'], ['judul', 'Lampu mati'], ['isi', TEXT], ['sifat', 'anonim'], ['lampiran', PNG, 'a.png']]) })
    equal(a.status, 503, 'status')
    must(JSON.parse(a.body).galat.lampiran && a.headers['retry-after'], a.body)
    equal(sql('SELECT count(*) FROM report'), reports, 'reports')
  })
  await check('reports without files are taken, and the node stays ready', async () => {
    equal((await ask(server.port, 'GET', '/readyz')).status, 200, 'ready')
    const b = new Browser(server.port)
    await b.fill()
    equal((await b.send()).headers.location, '/lapor/terkirim', 'sent')
  })
  await check('lapor check says of each file that it cannot be proved', () => {
    const { status, stdout } = run('check')
    must(status === 1 && /attachment \d+: object store/.test(stdout), stdout)
  })
  await swift.start()
  await check('when it is back all works again, without a restart', async () => {
    for (let i = 0; i < 100 && (await fetchFile(server, d.b, d.path)).status !== 200; i++) await new Promise((r) => setTimeout(r, 200))
    equal((await fetchFile(server, d.b, d.path)).status, 200, 'reading')
    equal((await draft.b.upload('/lapor/bukti', [['aksi', 'unggah'], ['lampiran', PDF, 'baru.pdf']])).status, 303, 'uploading')
  })
}

// Into the store, into a folder, back into the database; a server that knows all three places reads them throughout.
async function moved({ d, old }) {
  const both = join(world.dir, 'both.yaml')
  writeFileSync(both, `${config}files_dir: ${folder}\n`)
  const files = (to) => spawnSync(lapor, ['files', '--to', to, '--db', world.db, '--config', both], { encoding: 'utf8' })
  const count = (where) => Number(sql(`SELECT count(*) FROM attachment WHERE ${where}`))
  const server = await startServer(world, { config: `${config}files_dir: ${folder}\n` })
  const readable = async () => {
    old.b.port = () => server.port
    equal((await fetchFile(server, old.b, old.paths[0])).status, 200, 'the old draft')
    must((await bytes(await fetchFile(server, d.b, d.path))).equals(PDF), 'the report')
  }
  await check('lapor files moves what lies in the database into the store', async () => {
    must(/^[1-9]\d* moved, [1-9]\d* were there, 0 failed$/.test(files('s3').stdout.trim()), 'what it says')
    equal(count("storage_key NOT LIKE 's3:%'"), 0, 'elsewhere')
    equal(sql('SELECT count(*) FROM attachment_data'), '0', 'rows of bytes')
    await readable()
  })
  await check('the store away, it stops, and goes on when it is run again', async () => {
    await swift.stop()
    const { status, stderr } = files('folder')
    must(status === 1 && /run it again/.test(stderr), stderr)
    await swift.start()
    equal(files('folder').status, 0, 'again')
    equal(count("storage_key LIKE 's3:%'"), 0, 'in the store')
    await readable()
  })
  await check('what was left is removed an hour later, and no earlier', async () => {
    const left = (await swift.objects()).length
    must(left >= count('1 = 1'), 'objects')
    spawnSync(lapor, ['work', '--once', '--db', world.db, '--config', both, '--now', inMinutes(59)])
    equal((await swift.objects()).length, left, 'objects after 59 minutes')
    spawnSync(lapor, ['work', '--once', '--db', world.db, '--config', both, '--now', inMinutes(62)])
    equal((await swift.objects()).length, 0, 'objects after 62 minutes')
  })
  await check('a file that was changed is named and left where it is', () => {
    const key = sql(`SELECT storage_key FROM attachment WHERE id = ${d.ids[0]}`), path = join(folder, key.slice(0, 2), key)
    const right = readFileSync(path)
    writeFileSync(path, Buffer.from(right).fill(7, 20, 30))
    const { status, stdout, stderr } = files('database')
    must(status === 1 && / 1 failed/.test(stdout) && stderr.includes(`attachment ${d.ids[0]}: its bytes were changed`), stdout + stderr)
    equal(count(`storage_key <> 'db' AND id <> ${d.ids[0]}`), 0, 'elsewhere')
    writeFileSync(path, right)
  })
  await check('back in the database all is clean', async () => {
    equal(files('database').status, 0, 'status')
    await readable()
    equal(spawnSync(lapor, ['check', '--db', world.db], { encoding: 'utf8' }).stdout, 'clean\n', 'check without a configuration')
  })
  await server.stop()
}

async function wrongKey() {
  const server = await startServer(world, { config: configFor(swift, 'bukan-rahasianya') })
  await check('a wrong secret: the upload is refused, the log says where to look, and names no key', async () => {
    const d = await draftWith(server, [PNG, 'a.png'])
    equal(d.answer.status, 503, 'status')
    equal(d.ids.length, 0, 'files')
    must(/warn object store: it answers 403/.test(server.log), 'nothing at the start')
    must(/error an attachment cannot be stored: object store: it answers 403/.test(server.log), server.log.slice(-300))
    must(!server.log.includes('bukan-rahasianya') && !server.log.includes(swift.access), 'the log has the key')
  })
  await server.stop()
}

// It takes connections and never says a word.
async function silent() {
  const mute = createServer(() => {}).listen(0, '127.0.0.1')
  await new Promise((r) => mute.once('listening', r))
  const server = await startServer(world, { config: configFor({ ...swift, url: `http://127.0.0.1:${mute.address().port}` }) })
  await check('a store that does not answer holds up nobody but who sends a file, and those not for long', async () => {
    const begin = Date.now(), uploading = draftWith(server, [PNG, 'a.png'])
    const { login, password } = world.accounts.find((x) => x.role === 'liaison')
    for (let i = 0; i < 4; i++) {
      const b = new Browser(server.port)
      await b.get('/masuk')
      const answer = await b.post('/masuk', { login, sandi: password })
      equal(answer.headers.location, '/meja', 'signed in')
    }
    must(Date.now() - begin < 9000, 'signing in took too long')
    equal((await uploading).answer.status, 503, 'the upload')
    must(Date.now() - begin < 20000, 'the upload took too long')
  })
  await server.stop()
  mute.close()
  mute.unref()
}

const first = await keptAndRead()
await changedAndMissing(first)
const quiet = silent()
await wrongKey()
await quiet
await rubbish(first)
await away(first)
await moved(first)
await check('the server ends without a leak or an error of its own', async () => {
  await first.server.stop()
  equal(first.server.status, 0, first.server.log.slice(-2000))
  must(!/AddressSanitizer|runtime error/.test(first.server.log), first.server.log.slice(-2000))
})
await swift.stop()
world.done()
process.exit(failures() ? 1 : 0)
