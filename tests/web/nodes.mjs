// Two servers on one PostgreSQL: whatever a person began at one goes on at the other, and limits count for both together.
// Usage: LAPOR_DB=postgresql://... node nodes.mjs LAPOR_BINARY
import { spawnSync } from 'node:child_process'
import { Browser, TEXT } from './browser.mjs'
import { ask, check, equal, failures, form, FORM, makeWorld, must, startServer } from './wire.mjs'

const world = makeWorld(process.argv[2])
const config = 'trusted_proxy: 127.0.0.1\nsubmit_per_hour: 4\ntracks_per_minute: 4\n'
// At the same moment, on a database that has no server's key yet.
const [a, b] = await Promise.all([startServer(world, { config }), startServer(world, { config })])
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

const sql = (text) => spawnSync('psql', ['-X', '-q', '-A', '-t', '-d', world.db, '-c', text], { encoding: 'utf8' }).stdout.trim()

// Every request goes to the other one than the request before.
class Hopper extends Browser {
  constructor(address) {
    let n = 0
    super(() => (n++ % 2 ? b.port : a.port), address)
  }
}

const send = (port, address) => ask(port, 'POST', '/lapor/kirim', {
  headers: { ...FORM, Accept: 'application/json', 'X-Forwarded-For': address },
  body: form({ jenis: 'pengaduan', judul: 'Lampu jalan mati', isi: TEXT, sifat: 'anonim' }),
})
const guess = (port, address, i) => ask(port, 'GET', `/lacak/ABCDEFGH${i + 2}J`, { headers: { 'X-Forwarded-For': address } })
const counted = () => sql('SELECT coalesce(sum(full_at), 0) FROM allowance')

// What one node counts is written just after its answer; the other one is asked once it is.
async function takeTurns(times, take) {
  const seen = []
  for (let i = 0; i < times; i++) {
    const before = counted()
    const { status } = await take(i % 2 ? b.port : a.port, i)
    seen.push(status)
    for (let tries = 0; status !== 429 && tries < 200 && counted() === before; tries++) await new Promise((r) => setTimeout(r, 10))
  }
  return seen.join()
}

async function together() {
  await check('two nodes: a draft with a file goes on wherever the next request goes', async () => {
    const h = new Hopper('10.1.1.1')
    equal((await h.fill({ title: 'Laporan yang berpindah simpul' })).headers.location, '/lapor/periksa', 'after the fifth step')
    await h.get('/lapor/bukti')
    equal((await h.upload('/lapor/bukti', [['aksi', 'unggah'], ['lampiran', PNG, 'lampu.png']])).status, 303, 'a file')
    const file = /\/lapor\/berkas\/\d+/.exec((await h.get('/lapor/bukti')).body)?.[0]
    for (let i = 0; i < 2; i++) equal((await h.get(file)).headers['content-type'], 'image/png', 'the file')
    equal((await h.send()).headers.location, '/lapor/terkirim', 'sent')
    const { number, code } = await h.sent()
    for (let i = 0; i < 2; i++) must((await h.get(`/lacak/${code}`)).body.includes(number), 'the tracking page')
    await h.get(`/lacak/${code}`)
    equal((await h.upload(`/lacak/${code}/balas`, [['balas', 'Tambahan dari simpul lain']])).status, 303, 'a reply')
    for (let i = 0; i < 2; i++) must((await h.get(`/lacak/${code}`)).body.includes('Tambahan dari simpul lain'), 'is seen at once')
  })
  await check('two nodes: pressing the button on both makes one report', async () => {
    const h = new Hopper('10.1.1.2')
    await h.fill()
    await h.get('/lapor/periksa')
    const answers = await Promise.all([h.post('/lapor/periksa', { setuju: 'ya' }), h.post('/lapor/periksa', { setuju: 'ya' })])
    for (const { headers } of answers) equal(headers.location, '/lapor/terkirim', 'sent')
    equal((await h.sent()).number, (await h.sent()).number, 'the number')
    equal(sql("SELECT count(*) FROM report WHERE title = 'Lampu jalan mati di Jalan Melati'"), '1', 'reports')
  })
  await check('two nodes: who signs in at one is signed in at the other, and out at both', async () => {
    const h = new Hopper('10.1.1.3')
    const { login, password } = world.accounts.find((x) => x.role === 'liaison')
    await h.get('/masuk')
    equal((await h.post('/masuk', { login, sandi: password })).headers.location, '/meja', 'signed in')
    for (let i = 0; i < 2; i++) equal((await h.get('/meja')).status, 200, 'the desk')
    equal((await h.post('/keluar', {})).status, 303, 'signed out')
    for (let i = 0; i < 2; i++) equal((await h.get('/meja')).status, 303, 'the desk afterwards')
  })
}

async function limits() {
  await check('two nodes: an address has so many reports an hour, not at each', async () => {
    equal(await takeTurns(6, (port) => send(port, '10.2.2.1')), '201,201,201,201,429,429', 'answers')
    equal((await send(b.port, '10.2.2.2')).status, 201, 'another address')
  })
  await check('two nodes: guessing codes ends at both', async () => {
    equal(await takeTurns(6, (port, i) => guess(port, '10.2.2.3', i)), '404,404,404,404,429,429', 'answers')
  })
  await check('two nodes: many at once from one address get little more than is theirs', async () => {
    const answers = await Promise.all(Array.from({ length: 24 }, (_, i) => send(i % 2 ? b.port : a.port, '10.2.2.4')))
    const sent = answers.filter((x) => x.status === 201).length
    must(sent >= 4 && sent <= 8, `${sent} sent`)
    for (const port of [a.port, b.port]) equal((await send(port, '10.2.2.4')).status, 429, 'later')
  })
  await check('two nodes: no address is in what they share', async () => {
    must(Number(sql('SELECT count(*) FROM allowance')) >= 4, 'nothing is shared')
    equal(sql("SELECT count(*) FROM information_schema.columns WHERE table_name = 'allowance'"), '2', 'columns')
  })
}

async function oneDies() {
  await check('two nodes: when one is killed, the other goes on with what was begun there', async () => {
    const h = new Browser(() => (a.status === null ? a.port : b.port), '10.3.3.1')
    await h.fill({ title: 'Simpul pertama mati di tengah jalan' })
    a.child.kill('SIGKILL')
    await a.ended
    equal((await h.send()).headers.location, '/lapor/terkirim', 'sent')
    must((await h.sent()).number, 'no number')
    equal((await ask(b.port, 'GET', '/readyz')).status, 200, 'the other is ready')
  })
}

for (const group of [together, limits, oneDies]) await group()
await b.stop()
await check('two nodes: the one that is left ends without a leak or an error', async () => {
  equal(b.status, 0, b.log.slice(-2000))
  must(!/AddressSanitizer|runtime error| error /.test(b.log), b.log.slice(-2000))
})
world.done()
process.exit(failures() > 0 ? 1 : 0)
