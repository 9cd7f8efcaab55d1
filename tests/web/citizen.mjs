// What a citizen's browser does without scripts, over plain HTTP: drafts, expired forms, double sending, codes,
// secrets, files. Usage: node citizen.mjs LAPOR_BINARY
import { Browser as AnyBrowser, TEXT as text } from './browser.mjs'
import { check, equal, failures, makeWorld, multipart, MULTIPART, must, startServer } from './wire.mjs'

const world = makeWorld(process.argv[2])
// A proxy is trusted, so that an address can be said and limits count.
const server = await startServer(world, { config: 'trusted_proxy: 127.0.0.1\nsubmit_per_hour: 5\ntracks_per_minute: 4\n' })
const { port } = server
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

class Browser extends AnyBrowser {
  constructor(address) { super(port, address) }
}

async function drafts() {
  await check('each step leads to the next, and the answers come back', async () => {
    const b = new Browser()
    equal((await b.fill()).headers.location, '/lapor/periksa', 'after the fifth step')
    const page = await b.get('/lapor/isi')
    must(page.body.includes('Lampu jalan mati di Jalan Melati') && page.body.includes(text), 'what was typed')
  })
  await check('a wrong field keeps what was typed, in the page and in the draft', async () => {
    const b = new Browser()
    await b.get('/lapor/isi')
    const a = await b.post('/lapor/isi', { judul: 'Ab', isi: 'Pendek', tanggal_kejadian_hari: '31', tanggal_kejadian_bulan: '2', tanggal_kejadian_tahun: '2026' })
    equal(a.status, 422, 'status')
    must(/<title>Galat:/.test(a.body), 'the title says so')
    for (const id of ['judul', 'isi-laporan', 'tanggal_kejadian_hari'])
      must(a.body.includes(`href="#${id}"`) && a.body.includes(`id="${id}"`), `a link to ${id}`)
    must((await b.get('/lapor/isi')).body.includes('value="Ab"'), 'kept in the draft')
  })
  await check('an expired form is shown again, filled, and nothing is stored', async () => {
    const b = new Browser()
    await b.get('/lapor/isi')
    const a = await b.post('/lapor/isi', { csrf: '00', judul: 'Judul yang panjang sekali', isi: text })
    equal(a.status, 403, 'status')
    must(a.body.includes('Judul yang panjang sekali') && a.body.includes(text), 'what was typed')
    must(!b.cookies.has('draf'), 'a draft was begun')
    equal((await b.post('/lapor/isi', { judul: 'Judul yang panjang sekali', isi: text })).status, 303, 'the second press')
  })
  await check('a draft belongs to one browser', async () => {
    const a = new Browser()
    const b = new Browser()
    await a.fill({ title: 'Hanya saya yang melihat ini' })
    must(!(await b.get('/lapor/isi')).body.includes('Hanya saya'), 'seen by another')
    b.cookies.set('draf', '0'.repeat(32))
    equal((await b.get('/lapor/isi')).status, 200, 'a guessed draft')
  })
  await check('the check page leads to the step that is missing', async () => {
    const b = new Browser()
    await b.get('/lapor')
    await b.post('/lapor', { jenis: 'aspirasi' })
    equal((await b.get('/lapor/periksa')).headers.location, '/lapor/isi', 'the first gap')
  })
  await check('changing from the check page goes back to it', async () => {
    const b = new Browser()
    await b.fill()
    must((await b.get('/lapor/identitas?dari=periksa')).body.includes('name="dari" value="periksa"'), 'the form knows')
    equal((await b.post('/lapor/identitas', { sifat: 'rahasia', dari: 'periksa' })).headers.location, '/lapor/periksa', 'next')
  })
  await check('an open report needs a name, the others do not', async () => {
    const b = new Browser()
    equal((await b.fill({ sifat: 'terbuka' })).status, 422, 'without a name')
    equal((await b.post('/lapor/identitas', { sifat: 'terbuka', nama: 'Sri Wahyuni' })).status, 303, 'with one')
  })
  await check('the autosave of the script keeps fields without an answer', async () => {
    const b = new Browser()
    await b.get('/lapor/isi')
    equal((await b.post('/lapor/simpan', { judul: 'Baru sampai sini' })).status, 204, 'status')
    must((await b.get('/lapor/isi')).body.includes('Baru sampai sini'), 'saved')
  })
}

async function files() {
  await check('each file has its own result, the good ones stay', async () => {
    const b = new Browser()
    await b.fill()
    await b.get('/lapor/bukti')
    const a = await b.upload('/lapor/bukti', [['aksi', 'unggah'], ['lampiran', PNG, 'lampu.png'], ['lampiran', 'PK', 'surat.docx'], ['lampiran', '', 'kosong.png']])
    equal(a.status, 422, 'status')
    const page = await b.get('/lapor/bukti')
    const own = [...page.body.matchAll(/\/lapor\/berkas\/(\d+)/g)].map((m) => m[1])
    equal(new Set(own).size, 1, 'stored files')
    equal((await b.get(`/lapor/berkas/${own[0]}`)).headers['content-type'], 'image/png', 'its type')
    equal((await new Browser().get(`/lapor/berkas/${own[0]}`)).status, 404, 'for another browser')
    equal((await b.upload('/lapor/bukti', [['hapus', own[0]]])).status, 303, 'removing it')
    must(!(await b.get('/lapor/bukti')).body.includes('/lapor/berkas/'), 'it is still there')
  })
  await check('a sixth file is one too many', async () => {
    const b = new Browser()
    await b.fill()
    await b.get('/lapor/bukti')
    const six = Array.from({ length: 6 }, (_, i) => ['lampiran', PNG, `foto-${i}.png`])
    equal((await b.upload('/lapor/bukti', [['aksi', 'unggah'], ...six])).status, 422, 'status')
    const page = await b.get('/lapor/bukti')
    equal(new Set([...page.body.matchAll(/\/lapor\/berkas\/(\d+)/g)].map((m) => m[1])).size, 5, 'stored files')
  })
}

async function sending() {
  await check('pressing the button twice makes one report', async () => {
    const b = new Browser()
    await b.fill()
    await b.get('/lapor/periksa')
    const [one, two] = await Promise.all([b.post('/lapor/periksa', { setuju: 'ya' }), b.post('/lapor/periksa', { setuju: 'ya' })])
    equal(one.headers.location, '/lapor/terkirim', 'first')
    equal(two.headers.location, '/lapor/terkirim', 'second')
    const first = await b.sent()
    await b.send()
    equal((await b.sent()).number, first.number, 'the number after a third')
  })
  await check('without the confirmation nothing is sent', async () => {
    const b = new Browser()
    await b.fill()
    await b.get('/lapor/periksa')
    equal((await b.post('/lapor/periksa', {})).status, 422, 'status')
    equal((await b.get('/lapor/terkirim')).headers.location, '/lapor', 'no confirmation')
  })
  await check('the confirmation is for the browser that sent it', async () => {
    const b = new Browser()
    await b.fill()
    await b.send()
    must((await b.sent()).code, 'the sender sees the code')
    equal((await new Browser().get('/lapor/terkirim')).status, 303, 'another browser')
  })
  await check('the autosave of an old tab leaves the confirmation alone', async () => {
    const b = new Browser()
    await b.fill()
    await b.send()
    const { number } = await b.sent()
    await b.get('/lapor/isi')
    equal((await b.post('/lapor/simpan', { judul: 'Sisa dari tab lama' })).status, 204, 'status')
    equal((await b.sent()).number, number, 'the confirmation')
  })
  await check('an address has so many reports an hour, and says so kindly', async () => {
    const address = '10.9.9.9'
    let last
    for (let i = 0; i < 6; i++) {
      const b = new Browser(address)
      await b.fill({ title: `Laporan ke ${i} dari satu alamat` })
      last = await b.send()
    }
    equal(last.status, 429, 'the sixth')
  })
}

async function tracking() {
  const reporter = new Browser()
  await reporter.fill({ title: 'Laporan rahasia tentang pungutan', sifat: 'rahasia' })
  await reporter.send()
  const { number, code } = await reporter.sent()

  await check('a secret report exists for its reporter and for nobody else', async () => {
    const own = await reporter.get(`/lacak/${code}`)
    must(own.status === 200 && own.body.includes(number), 'the reporter')
    const hidden = await new Browser().get(`/laporan/${number}`)
    const unknown = await new Browser().get('/laporan/2020-999999')
    equal(hidden.status, 404, 'its public page')
    equal(hidden.body.replaceAll(number, ''), unknown.body.replaceAll('2020-999999', ''), 'the answer')
    must(!(await new Browser().get('/laporan?q=pungutan+rahasia')).body.includes(number), 'found by the search')
  })
  await check('the tracking page is kept nowhere and tells nobody where it was', async () => {
    const { headers } = await reporter.get(`/lacak/${code}`)
    equal(headers['cache-control'], 'no-store', 'cache')
    equal(headers['referrer-policy'], 'no-referrer', 'referrer')
    must(!server.log.includes(code), 'the code is in the log')
  })
  await check('a code is found however it is typed', async () => {
    const typed = `${code.slice(0, 4)} ${code.slice(4, 8)}-${code.slice(8)}`.toLowerCase()
    equal((await new Browser().get(`/lacak?kode=${encodeURIComponent(typed)}`)).headers.location, `/lacak/${code}`, 'to')
  })
  await check('guessing ends after a few codes, then right ones are not told either', async () => {
    const b = new Browser('10.8.8.8')
    const seen = []
    for (let i = 0; i < 6; i++) seen.push((await b.get(`/lacak/ABCDEFGH${i + 2}J`)).status)
    equal(seen.slice(0, 4).join(), '404,404,404,404', 'the first')
    equal(seen.at(-1), 429, 'the last')
    equal((await b.get(`/lacak/${code}`)).status, 429, 'a right one')
  })
  await check('a reply is a deed: no token, no reply, but the words stay', async () => {
    await reporter.get(`/lacak/${code}`)
    const path = `/lacak/${code}/balas`
    equal((await reporter.upload(path, [['balas', 'Tambahan dari saya']])).status, 303, 'with the token')
    const bad = await reporter.go('POST', path, { headers: MULTIPART, body: multipart([['csrf', '00'], ['balas', 'Kata yang tidak hilang']]) })
    equal(bad.status, 403, 'without')
    must(bad.body.includes('Kata yang tidak hilang'), 'the words')
    must(!(await reporter.get(`/lacak/${code}`)).body.includes('Kata yang tidak hilang'), 'stored all the same')
  })
  await check('more protection can be asked for, less cannot', async () => {
    const b = new Browser()
    await b.fill({ title: 'Nama saya jangan tampil lagi' })
    await b.send()
    const own = await b.sent()
    await b.get(`/lacak/${own.code}`)
    equal((await b.post(`/lacak/${own.code}/sifat`, { sifat: 'terbuka' })).status, 422, 'open')
    equal((await b.post(`/lacak/${own.code}/sifat`, {})).status, 422, 'nothing chosen')
    equal((await b.post(`/lacak/${own.code}/sifat`, { sifat: 'rahasia' })).status, 303, 'secret')
    const page = await b.get(`/lacak/${own.code}`)
    must(/label ungu[^R]*Rahasia/.test(page.body) && !page.body.includes('/sifat"'), 'it is secret, and nothing is left to ask')
  })
  await check('officers are not flooded: after twenty deeds in an hour the words stay on the page', async () => {
    const b = new Browser()
    await b.fill({ title: 'Lampu jalan mati dan saya menulis terus' })
    await b.send()
    const own = await b.sent()
    const path = `/lacak/${own.code}/balas`
    await b.get(`/lacak/${own.code}`)
    for (let i = 1; i < 20; i++) equal((await b.upload(path, [['balas', `Tambahan ke-${i}`]])).status, 303, `reply ${i}`)
    const last = await b.upload(path, [['balas', 'Yang ini menunggu']])
    equal(last.status, 429, 'one too many')
    must(last.body.includes('Yang ini menunggu'), 'the words')
  })
  await check('a withdrawn report says why, and can be opened again', async () => {
    await reporter.get(`/lacak/${code}`)
    equal((await reporter.post(`/lacak/${code}/cabut`, { alasan: '' })).status, 422, 'without a reason')
    equal((await reporter.post(`/lacak/${code}/cabut`, { alasan: 'Sudah selesai sendiri' })).status, 303, 'with one')
    const page = await reporter.get(`/lacak/${code}`)
    must(page.body.includes('Sudah selesai sendiri') && page.body.includes('Diarsipkan'), 'the reason is shown')
    equal((await reporter.post(`/lacak/${code}/tutup`, { nilai: '5' })).status, 409, 'closing what is archived')
  })
}

async function account() {
  const b = new Browser()
  const person = { nama: 'Sri Wahyuni', surel: 'Sri@contoh.id', sandi: 'kalimat pendek saya', sandi_ulang: 'kalimat pendek saya' }
  await check('an account is made, signed in, and collects the reports sent with it', async () => {
    await b.get('/daftar')
    equal((await b.post('/daftar', { ...person, sandi_ulang: 'lain sekali ini' })).status, 422, 'two passwords')
    equal((await b.post('/daftar', person)).headers.location, '/laporan-saya', 'next')
    await b.fill({ title: 'Laporan dari akun saya' })
    await b.send()
    const { number } = await b.sent()
    must((await b.get('/laporan-saya')).body.includes(number), 'not among mine')
  })
  await check('what was sent before signing in, or by others, is not in it', async () => {
    const other = new Browser()
    await other.fill({ title: 'Laporan orang lain' })
    await other.send()
    must(!(await b.get('/laporan-saya')).body.includes('Laporan orang lain'), 'it is')
    equal((await new Browser().get('/laporan-saya')).status, 303, 'without signing in')
  })
  await check('an address is taken once, and an account opens no desk', async () => {
    const other = new Browser()
    await other.get('/daftar')
    equal((await other.post('/daftar', { ...person, surel: 'sri@contoh.id' })).status, 422, 'the same address')
    equal((await b.get('/meja')).status, 403, 'the desk')
  })
}

for (const group of [drafts, files, sending, tracking, account]) await group()
await server.stop()
await check('the server ends without a leak or an error', async () => {
  equal(server.status, 0, server.log.slice(-2000))
  must(!/AddressSanitizer|runtime error| error /.test(server.log), server.log.slice(-2000))
})
world.done()
process.exit(failures() > 0 ? 1 : 0)
