// SOPs over plain HTTP: an admin looks, checks, installs and ends one; citizens read it.
// Usage: node sop.mjs LAPOR_BINARY SOP_FOLDER
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Browser as AnyBrowser } from './browser.mjs'
import { check, equal, failures, makeWorld, must, startServer } from './wire.mjs'

const world = makeWorld(process.argv[2])
const server = await startServer(world)
const { port } = server
const naskah = (id) => readFileSync(join(process.argv[3], `${id}.yaml`), 'utf8')
const PAGE = '/meja/pengaturan/sop'
const today = new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 10)

class Browser extends AnyBrowser {
  constructor() { super(port) }
  async signIn(role) {
    const { login, password } = world.accounts.find((a) => a.role === role)
    await this.get('/masuk')
    equal((await this.post('/masuk', { nama: login, login, akun: login, sandi: password })).status, 303, `${role} signs in`)
    return this
  }
}

async function installing() {
  const admin = await new Browser().signIn('agency_admin')
  const page = await admin.get(PAGE)
  await check('the agency admin sees the ten, and that none is in use', () => {
    equal(page.status, 200, 'status')
    equal(page.body.match(/<option /g).length, 10, 'to choose from')
    must(page.body.includes('Belum ada SOP'), 'nothing in use')
  })
  await check('citizens are told that the national way holds', async () => {
    must((await new Browser().get('/sop')).body.includes('alur dan batas waktu nasional'), 'the sentence')
  })
  await check('one that comes with lapor is installed from today', async () => {
    equal((await admin.post(PAGE, { bawaan: 'tjt-20', mulai: today, langkah: 'pasang' })).status, 303, 'status')
    const after = (await admin.get(PAGE)).body
    must(after.includes('versi 1') && after.includes('SOP dipasang'), 'in use, and in the history')
  })
  await check('the same again is no new version', async () => {
    const a = await admin.post(PAGE, { bawaan: 'tjt-20', mulai: today, langkah: 'pasang' })
    equal(a.status, 409, 'status')
    must(a.body.includes('naskah yang sama'), 'why')
  })
  await check('yesterday is not rewritten', async () => {
    const a = await admin.post(PAGE, { bawaan: 'magetan', mulai: '2020-01-01', langkah: 'pasang' })
    equal(a.status, 422, 'status')
    must(a.body.includes('tidak sebelum hari ini'), 'why')
  })
}

async function ownFiles() {
  const admin = await new Browser().signIn('agency_admin')
  const instansi = /name="instansi" value="(\d+)"/.exec((await admin.get(PAGE)).body)[1]
  const send = async (more) => {
    await admin.get(PAGE)
    return admin.upload(PAGE, [['instansi', instansi], ['mulai', today], ...more])
  }

  await check('a file with a mistake is refused with line and column, and stays in the form', async () => {
    const a = await send([['isi', naskah('tjt-20').replace('on: [reply]', 'on: [menari]')], ['langkah', 'pasang']])
    equal(a.status, 422, 'status')
    must(/baris \d+, kolom \d+/.test(a.body) && a.body.includes('no action menari'), 'the place and the mistake')
    must(a.body.includes('on: [menari]'), 'the text')
  })
  await check('a file that cannot run is refused with what is wrong', async () => {
    const a = await send([['berkas', naskah('tjt-20').replace('at_opd, at_unit, in_progress', 'at_opd, at_unit'), 'sop.yaml'],
      ['langkah', 'pasang']])
    equal(a.status, 422, 'status')
    must(a.body.includes('step 4 leads to in_progress'), 'the finding')
  })
  await check('checking shows the conflicts and installs nothing', async () => {
    const a = await send([['berkas', naskah('magetan'), 'magetan.yaml'], ['langkah', 'periksa']])
    equal(a.status, 200, 'status')
    must(a.body.includes('Dapat dipasang') && a.body.includes('E16'), 'warnings with their numbers')
    must(!(await admin.get(PAGE)).body.includes('magetan ·'), 'not in use')
  })
  await check('a file of more than 256 KB is refused', async () => {
    equal((await send([['berkas', Buffer.alloc(300 * 1024, '#'), 'besar.yaml'], ['langkah', 'pasang']])).status, 422, 'status')
  })
  await check('an uploaded file becomes the next version, with lines that end in CRLF', async () => {
    const text = `${naskah('tjt-20')}# perubahan\n`
    equal((await send([['berkas', text, 'sop.yaml'], ['langkah', 'pasang']])).status, 303, 'uploaded')
    const a = await send([['isi', text.replaceAll('\n', '\r\n')], ['langkah', 'pasang']])
    equal(a.status, 409, 'pasted it is the same')
    must((await admin.get(PAGE)).body.includes('versi 2'), 'version 2')
  })
}

async function reading() {
  const visitor = new Browser()
  await check('citizens find it, with its steps and standards, and nothing is invented', async () => {
    must((await visitor.get('/sop')).body.includes('/sop/kabupaten-mekar-jaya/tjt-20'), 'in the list')
    const { status, body } = await visitor.get('/sop/kabupaten-mekar-jaya/tjt-20')
    equal(status, 200, 'status')
    must(body.includes('1 sampai 3 hari kerja') && body.includes('5 menit'), 'standards')
    must(body.includes('Belum ada yang selesai'), 'nothing measured yet')
    must(body.includes('dibaca Perpres 76/2013'), 'a law as it should read')
  })
  await check('the official sheet hangs on it, with its flowchart, and obeys the policy', async () => {
    must((await visitor.get('/sop/kabupaten-mekar-jaya/tjt-20')).body.includes('/sop/kabupaten-mekar-jaya/tjt-20/lembar'), 'a link')
    const { status, body } = await visitor.get('/sop/kabupaten-mekar-jaya/tjt-20/lembar')
    equal(status, 200, 'status')
    must(body.includes('<svg') && !/<style|style=/.test(body), 'the flowchart, nothing inline')
  })
  await check('in English too', async () => {
    must((await visitor.get('/sop/kabupaten-mekar-jaya/tjt-20?bahasa=en')).body.includes('1 to 3 working days'), 'standards')
  })
  for (const path of ['/sop/kabupaten-mekar-jaya/magetan', '/sop/atlantis/tjt-20'])
    await check(`${path} is not there`, async () => equal((await visitor.get(path)).status, 404, 'status'))
}

async function rights() {
  await check('a national admin chooses the agency first', async () => {
    const nasional = await new Browser().signIn('national_admin')
    must((await nasional.get(PAGE)).body.includes('Pilih instansi'), 'the choice')
  })
  for (const role of ['liaison', 'operator'])
    await check(`${role} may not`, async () => {
      equal((await (await new Browser().signIn(role)).get(PAGE)).status, 403, 'status')
    })
  for (const [role, status] of [['agency_admin', 200], ['liaison', 200], ['national_admin', 403]])
    await check(`the ledger of deviations answers ${role} with ${status}`, async () => {
      equal((await (await new Browser().signIn(role)).get('/meja/penyimpangan')).status, status, 'status')
    })
  await check('the admin of one agency does not see another', async () => {
    const admin = await new Browser().signIn('agency_admin')
    equal((await admin.get(`${PAGE}?instansi=1`)).status, 403, 'status')
  })
}

async function ending() {
  const admin = await new Browser().signIn('agency_admin')
  await admin.get(PAGE)
  await check('its use is ended', async () => {
    equal((await admin.post(`${PAGE}/akhiri`, { sop: 'tjt-20', mulai: today })).status, 303, 'status')
    equal((await new Browser().get('/sop/kabupaten-mekar-jaya/tjt-20')).status, 404, 'the page')
    must((await admin.get(PAGE)).body.includes('SOP diakhiri'), 'in the history')
  })
}

for (const group of [installing, ownFiles, reading, rights, ending]) await group()
await server.stop()
await check('the server ends without a leak or an error', async () => {
  equal(server.status, 0, server.log.slice(-2000))
  must(!/AddressSanitizer|runtime error| error /.test(server.log), server.log.slice(-2000))
})
world.done()
process.exit(failures() > 0 ? 1 : 0)
