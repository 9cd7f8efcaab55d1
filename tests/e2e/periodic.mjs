// The periodic report from the figures to the archive, by four officers, as SOP tjt-24 wants it: at a phone's and a desk's
// width, with and without JavaScript, with one return through the office between.
// Usage: node periodic.mjs LAPOR_BINARY
import { spawnSync } from 'node:child_process'
import { check, must, startWorld, openPage, fine, failures } from './world.mjs'
import { signIn } from './people.mjs'

const press = (page, name) => page.getByRole('button', { name, exact: true }).click()
const saved = (page) => page.getByText('Tersimpan. Laporan periodik').waitFor()

async function walk(name, options) {
  const world = await startWorld(process.argv[2], { reports: 60, demoSop: 'tjt-24' })
  const pages = {}, names = {}
  for (const role of ['agency_admin', 'section_head', 'division_head', 'office_head', 'regent']) {
    pages[role] = await openPage(world, options)
    await signIn(pages[role], world.account(role))
    names[role] = (await pages[role].locator('nav a[href="/akun"]').textContent()).split(' · ')[0].trim()
  }
  let address
  const step = (role, what, work) => check(`${name}: ${role} ${what}`, async () => {
    const page = pages[role]
    await page.goto(address ?? '/meja/berkala')
    await work(page)
    await saved(page)
  })
  const looks = (role, what) => fine(pages[role], `${name}: ${what}`)

  await check(`${name}: the report of the last quarter is there, or agency_admin begins it`, async () => {
    const page = pages.agency_admin
    await page.goto('/meja/berkala')
    const begin = page.getByRole('button', { name: 'Mulai laporan' })
    await (await begin.count() ? begin : page.locator('th a').first()).click()
    await page.waitForURL(/meja\/berkala\/\d/)
    address = new URL(page.url()).pathname
  })
  await looks('agency_admin', 'the report without figures')
  await step('agency_admin', 'compiles the figures', (page) => press(page, 'Himpun angka'))
  await looks('agency_admin', 'the form')
  await step('agency_admin', 'fills in the form', async (page) => {
    await page.getByLabel('Nomor laporan').fill('555/118/KOMINFO/2026')
    await page.getByLabel('Ringkasan', { exact: true }).fill('Sebagian besar laporan selesai tepat waktu.')
    await page.getByLabel(/^Kendala/).fill('Suku cadang penerangan jalan.')
    await press(page, 'Simpan formulir')
  })
  await step('agency_admin', 'submits it', (page) => press(page, 'Ajukan kepada Kepala Seksi'))
  await check(`${name}: it waits for the head of section first`, async () => {
    await pages.section_head.goto('/meja')
    await pages.section_head.getByRole('heading', { name: 'Menunggu Anda' }).waitFor()
  })
  await looks('section_head', 'the list of the head of section')
  await step('section_head', 'checks it', (page) => press(page, 'Nyatakan sudah diperiksa'))
  await looks('section_head', 'the report before the initial')
  await step('section_head', 'initials it', (page) => press(page, 'Bubuhkan paraf'))
  await step('division_head', 'checks it', (page) => press(page, 'Nyatakan sudah diperiksa'))
  await check(`${name}: a return without a reason is refused, and what was typed stays`, async () => {
    const page = pages.division_head
    await page.getByLabel('Nomor surat pengantar').fill('555/119')
    await page.getByLabel('Isi surat pengantar').fill('   ')
    await page.getByLabel('Isi surat pengantar').evaluate((e) => e.removeAttribute('required'))
    await press(page, 'Simpan surat pengantar')
    await page.locator('#galat').waitFor()
    must((await page.getByLabel('Nomor surat pengantar').inputValue()) === '555/119', 'the number is gone')
    page.complaints.length = 0
  })
  await looks('division_head', 'the refused letter')
  await step('division_head', 'returns it through the head of section', async (page) => {
    await page.locator('details#kembalikan summary').click()
    await page.getByLabel('Alasan dan yang perlu diperbaiki').fill('Tambahkan upaya.')
    await page.locator('details#kembalikan').getByRole('button').click()
  })
  await step('section_head', 'passes the return on', async (page) => {
    await page.getByLabel('Alasan dan yang perlu diperbaiki').fill('Dari Kabid: tambahkan upaya.')
    await press(page, 'Teruskan pengembalian')
  })
  await step('agency_admin', 'repairs it', async (page) => {
    await page.getByText('paraf batal').first().waitFor()
    await page.getByLabel(/^Upaya/).fill('Stok minimum suku cadang.')
    await press(page, 'Simpan formulir')
  })
  await step('agency_admin', 'submits it again', (page) => press(page, 'Ajukan kepada Kepala Seksi'))
  await step('section_head', 'checks it again', (page) => press(page, 'Nyatakan sudah diperiksa'))
  await step('section_head', 'initials it again', (page) => press(page, 'Bubuhkan paraf'))
  await step('division_head', 'checks it again', (page) => press(page, 'Nyatakan sudah diperiksa'))
  await step('division_head', 'writes the covering letter', async (page) => {
    await page.getByLabel('Nomor surat pengantar').fill('555/120')
    await page.getByLabel('Isi surat pengantar').fill('Dengan hormat, terlampir laporan triwulan.')
    await press(page, 'Simpan surat pengantar')
  })
  await step('division_head', 'initials it', (page) => press(page, 'Bubuhkan paraf'))
  await step('office_head', 'checks it', (page) => press(page, 'Nyatakan sudah diperiksa'))
  await looks('office_head', 'the report before the signature')
  await step('office_head', 'signs it', (page) => press(page, 'Tanda tangani'))
  await check(`${name}: the regent does not see it before it is delivered`, async () => {
    must((await pages.regent.goto(address)).status() === 404, 'it is there')
    pages.regent.complaints.length = 0
  })
  await step('division_head', 'hands the signed report over', (page) => press(page, 'Serahkan kepada Kepala Seksi'))
  await step('section_head', 'sends it to the regent', (page) => press(page, 'Kirim kepada Bupati'))
  await step('agency_admin', 'archives it', (page) => press(page, 'Arsipkan'))
  await looks('agency_admin', 'the archived report')

  let code
  await check(`${name}: the regent reads report and letter, with initials and signature`, async () => {
    const page = pages.regent
    await page.goto(`${address}/cetak`)
    for (const text of ['555/120', '555/118/KOMINFO/2026', 'Stok minimum suku cadang.', names.section_head, names.division_head, names.office_head])
      must(await page.getByText(text).first().isVisible(), text)
    must((await page.getByText('Rancangan, belum ditandatangani').count()) === 0, 'it is called a draft')
    code = (await page.locator('b.kode').textContent()).trim()
    must(/^([0-9A-F]{4}-){4}[0-9A-F]{4}$/.test(code), `a code, not ${code}`)
  })
  await looks('regent', 'the paper')
  await check(`${name}: the first version is still there, as a draft that was replaced`, async () => {
    await pages.regent.goto(`${address}/cetak?versi=2`)
    await pages.regent.getByText('Versi lama: sudah diganti').waitFor()
    must((await pages.regent.getByText('Stok minimum suku cadang.').count()) === 0, 'it says what came later')
  })
  const visitor = await openPage(world, options)
  await check(`${name}: whoever holds the paper verifies it without an account, and sees no names`, async () => {
    await visitor.goto('/berkala/periksa')
    await visitor.getByLabel('Kode periksa atau sidik jari').fill(code.toLowerCase())
    await press(visitor, 'Periksa')
    await visitor.getByText('Laporan ini asli').waitFor()
    for (const text of [names.office_head, 'Suku cadang', 'Dengan hormat']) must(!(await visitor.content()).includes(text), text)
  })
  await fine(visitor, `${name}: the verified report`)
  await check(`${name}: another code is no report`, async () => {
    await visitor.goto('/berkala/periksa?kode=0000-0000-0000-0000-0000')
    await visitor.getByText('Tidak ada laporan bertanda tangan').waitFor()
  })
  await fine(visitor, `${name}: the code that is none`)
  await check(`${name}: lapor check finds nothing`, () => {
    const done = spawnSync(process.argv[2], ['check', '--db', world.db], { encoding: 'utf8' })
    must(done.status === 0, done.stdout)
  })
  await world.end()
}

// Two worlds at a time: they mostly wait for each other's pages.
for (const width of [360, 1280])
  await Promise.all([true, false].map((js) => walk(`${width} px, JavaScript ${js ? 'on' : 'off'}`, { width, js })))
process.exit(failures() ? 1 : 0)
