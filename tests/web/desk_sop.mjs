// What officers do by an SOP over plain HTTP: who may not, what is refused, what never leaves the house. The way that
// works is played in tests/e2e.
// Usage: node desk_sop.mjs LAPOR_BINARY
import { Browser as AnyBrowser } from './browser.mjs'
import { check, equal, failures, makeWorld, must, startServer } from './wire.mjs'

const world = makeWorld(process.argv[2])
const server = await startServer(world)

class Browser extends AnyBrowser {
  constructor() { super(server.port) }
  async signIn(role, login) {
    const account = world.accounts.find((a) => a.role === role && (!login || a.login === login))
    await this.get('/masuk')
    const { login: nama, password: sandi } = account
    equal((await this.post('/masuk', { nama, login: nama, akun: nama, sandi })).status, 303, `${role} signs in`)
    return this
  }
}

const GROUP = '/meja/pengaturan/instansi/grup', TREE = '/meja/pengaturan/instansi'

async function group() {
  const admin = await new Browser().signIn('agency_admin', 'kominfo')
  const instansi = /name="instansi" value="(\d+)"/.exec((await admin.get(TREE)).body)[1]
  await check('a group is an address of e-mail or a web hook over https', async () => {
    for (const kanal of ['', 'grup', 'http://kait.contoh.test/a', 'https://a b', 'javascript:alert(1)', `https://${'x'.repeat(600)}`])
      equal((await admin.post(GROUP, { instansi, kanal, langkah: 'simpan' })).status, 422, `"${kanal.slice(0, 30)}"`)
    equal((await admin.post(GROUP, { instansi, kanal: 'https://kait.contoh.test/rahasia-9?k=7', langkah: 'simpan' })).status, 303, 'a hook')
  })
  await check('the page names the host of the hook and keeps its secret', async () => {
    const { body } = await admin.get(TREE)
    must(body.includes('Kait web di kait.contoh.test'), 'the host')
    must(!body.includes('rahasia-9') && !body.includes('k=7'), 'the secret is on the page')
  })
  await check('without a token nothing is changed', async () => {
    equal((await admin.post(GROUP, { csrf: '0'.repeat(64), instansi, kanal: 'a@b.test', langkah: 'simpan' })).status, 403, 'status')
    must((await admin.get(TREE)).body.includes('kait.contoh.test'), 'still the hook')
  })
  await check('only admins set it, each his own', async () => {
    const liaison = await new Browser().signIn('liaison', 'dpupr')
    await liaison.get('/meja')
    equal((await liaison.post(GROUP, { instansi, kanal: 'a@b.test', langkah: 'simpan' })).status, 403, 'a liaison officer')
    const other = await new Browser().signIn('agency_admin', 'pertanahan')
    await other.get(TREE)
    equal((await other.post(GROUP, { instansi, kanal: 'a@b.test', langkah: 'simpan' })).status, 403, 'another admin')
  })
  await check('it is taken away again', async () => {
    equal((await admin.post(GROUP, { instansi, langkah: 'hapus' })).status, 303, 'status')
    must((await admin.get(TREE)).body.includes('admin membagikannya sendiri'), 'none')
  })
}

// A report that lies on this officer's desk.
async function ownReport(browser) {
  const { body } = await browser.get('/meja')
  const found = /\/meja\/laporan\/(\d{4}-\d{6})/.exec(body)
  must(found, 'the desk is not empty')
  return found[1]
}

async function tasks() {
  const liaison = world.accounts.filter((a) => a.role === 'liaison')
  let mine, number
  for (const a of liaison) {
    mine = await new Browser().signIn('liaison', a.login)
    number = await ownReport(mine).catch(() => null)
    if (number) break
  }
  const at = `/meja/laporan/${number}`
  await mine.get(at)
  await check('a task that is no task of the desk has no address', async () => {
    for (const word of ['periodic_sign', 'minutes_approve', 'field_minutes', 'disposition_sheet', 'checklist', 'x'])
      equal((await mine.post(`${at}/tugas/${word}`, { catatan: 'x' })).status, 404, word)
  })
  await check('where no SOP is in force none is done, and what was typed comes back', async () => {
    await mine.get(at)
    const a = await mine.post(`${at}/tugas/clarify`, { catatan: 'Ditanyakan kepada <b>unit</b>' })
    equal(a.status, 409, 'status')
    must(a.body.includes('Ditanyakan kepada &lt;b&gt;unit&lt;/b&gt;'), 'the text, escaped')
    equal((await mine.post(`${at}/lembar`, {})).status, 409, 'the sheet')
    equal((await mine.upload(`${at}/berita-acara`, [['langkah', 'simpan'], ['temuan', 'x']])).status, 403, 'minutes')
  })
  await check('without a token neither', async () => {
    equal((await mine.post(`${at}/tugas/clarify`, { csrf: '0'.repeat(64), catatan: 'x' })).status, 403, 'a task')
    equal((await mine.post(`${at}/lembar`, { csrf: '0'.repeat(64) })).status, 403, 'the sheet')
    equal((await mine.upload(`${at}/berita-acara`, [['csrf', '0'.repeat(64)], ['langkah', 'simpan']])).status >= 400, true, 'minutes')
  })
  await check('sheet, letter and minutes of a report of others do not exist', async () => {
    const other = await new Browser().signIn('agency_admin', 'pertanahan')
    for (const path of ['lembar', 'panggilan/1', 'berita-acara', 'berita-acara/1'])
      equal((await other.get(`${at}/${path}`)).status, 404, path)
    equal((await mine.get(`${at}/panggilan/1`)).status, 404, 'a letter that was not written')
    equal((await mine.get(`${at}/berita-acara/1`)).status, 404, 'minutes that were not written')
    equal((await mine.get(`${at}/lembar`)).status, 200, 'one\'s own sheet')
  })
}

async function ledger() {
  await check('accounts and reviews of what is not there are not found; the head alone has the list of minutes', async () => {
    const admin = await new Browser().signIn('agency_admin', 'kominfo')
    equal((await admin.get('/meja/penyimpangan')).status, 200, 'the ledger')
    equal((await admin.get('/meja/penyimpangan?saring=semua&setelah=abc')).status, 200, 'a crooked place')
    equal((await admin.post('/meja/penyimpangan/1/penjelasan', { sebab: 'a', korektif: 'b' })).status, 404, 'no such one')
    equal((await admin.post('/meja/penyimpangan/1/tinjauan', { langkah: 'terima' })).status, 404, 'a review')
    equal((await admin.get('/meja/berita-acara')).status, 403, 'minutes of the head')
    const head = await new Browser().signIn('opd_head')
    must((await head.get('/meja/berita-acara')).body.includes('Tidak ada berita acara yang menunggu'), 'an empty list')
    equal((await new Browser().get('/meja/penyimpangan')).status, 303, 'a visitor signs in first')
  })
}

for (const part of [group, tasks, ledger]) await part()
await server.stop()
await check('the server ends without a leak or an error', async () => {
  equal(server.status, 0, server.log.slice(-2000))
  must(!/AddressSanitizer|runtime error| error /.test(server.log), server.log.slice(-2000))
})
world.done()
process.exit(failures() > 0 ? 1 : 0)
