// Sixty working days without follow-up: reporters are asked whether the Ombudsman may have their report, say yes or no, think
// again; the admins see it, the dossier is fetched, verified by the program, and handed over. look(page, name) is called on
// every page on the way. Runs `lapor work` a hundred days ahead, so it comes last.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { check, must, openPage } from './world.mjs'
import { citizenReports, openReport, signIn, verifyAndDispose } from './people.mjs'

const agency = 'Pemerintah Kabupaten Mekar Jaya'
const secrets = ['Jalan Kenanga 7', 'Guru honorer', '3520010203840001']

// A refused form is answered with 422, and the browser says so.
function forget422(page) {
  page.complaints.splice(0, page.complaints.length, ...page.complaints.filter((c) => !/422/.test(c)))
}

async function letTimePass(world) {
  const then = new Date(Date.now() + 110 * 86400000).toISOString().slice(0, 10)
  const done = spawnSync(world.lapor, ['work', '--db', world.db, '--once', '--now', `${then} 09:00 WIB`], { encoding: 'utf8' })
  must(done.status === 0, done.stderr)
}

async function fill(page) {
  await page.getByLabel('Nama lengkap').fill('Sri Wahyuni')
  await page.getByLabel('Tempat lahir').fill('Mekar Jaya')
  await page.getByLabel('Tanggal', { exact: true }).fill('29')
  await page.getByLabel('Bulan', { exact: true }).fill('2')
  await page.getByLabel('Tahun', { exact: true }).fill('1984')
  await page.getByLabel('Status perkawinan').selectOption('kawin')
  await page.getByLabel('Pekerjaan').fill('Guru honorer')
  await page.getByLabel('Alamat lengkap').fill('Jalan Kenanga 7, RT 2 RW 3, Karangsari, Mekar Jaya')
  await page.getByLabel('Nomor KTP').fill('3520010203840001')
  await page.getByRole('radio', { name: /rahasiakan nama saya/ }).check()
}

async function agrees(world, page, report, name, look) {
  await page.goto(`/lacak/${report.code.replaceAll('-', '')}`)
  await page.getByText('Bolehkah kami meneruskannya?').waitFor()
  await look(page, 'tracking page that asks')
  await page.getByRole('link', { name: 'Baca dan jawab' }).click()
  await page.getByText('UU 37/2008 Pasal 24').first().waitFor()
  await look(page, 'the question')
  await page.getByRole('link', { name: 'Ya, lanjut isi identitas' }).click()
  await page.getByLabel('Alamat lengkap').fill('Kenanga')
  await page.getByRole('button', { name: 'Setuju dan buat berkas' }).click()
  await page.locator('#galat').waitFor()
  must(await page.locator('#galat li').count() === 7, 'every field that is missing is named')
  must(await page.getByLabel('Alamat lengkap').inputValue() === 'Kenanga', 'what was typed is still there')
  forget422(page)
  await look(page, 'identity with errors')
  await fill(page)
  await page.getByRole('button', { name: 'Setuju dan buat berkas' }).click()
  await page.getByText('Persetujuan Anda tercatat').waitFor()
  await look(page, 'agreed')
  await page.getByRole('button', { name: 'Lihat dan cetak' }).click()
  await page.getByText('Jalan Kenanga 7').waitFor()
  must((await page.content()).includes('merahasiakan') || (await page.content()).includes('dirahasiakan dari instansi'), 'the wish for secrecy')
  if (name.includes('360')) await look(page, 'the dossier on a phone')
}

// The JSON file, and what the program says of it.
async function verifies(world, page, press) {
  const [download] = await Promise.all([page.waitForEvent('download'), press()])
  const path = await download.path()
  const text = readFileSync(path, 'utf8')
  must(text.includes('Jalan Kenanga 7') && text.includes('"format":"lapor-dossier-1"'), 'the dossier')
  const good = spawnSync(world.lapor, ['dossier', path], { encoding: 'utf8' })
  must(good.status === 0 && good.stdout.includes('the digest fits'), good.stdout + good.stderr)
}

async function declines(page, report, look) {
  await page.goto(`/lacak/${report.code.replaceAll('-', '')}/ombudsman`)
  await page.getByRole('button', { name: 'Tidak, jangan diteruskan' }).click()
  await page.getByText('Tidak ada yang dikirim').first().waitFor()
  await look(page, 'declined')
  await page.getByRole('link', { name: 'Ya, lanjut isi identitas' }).waitFor()
}

async function thinksAgain(page, report) {
  await page.goto(`/lacak/${report.code.replaceAll('-', '')}/ombudsman`)
  await page.getByRole('link', { name: 'Perbaiki identitas' }).click()
  must(await page.getByLabel('Pekerjaan').inputValue() === 'Guru honorer', 'what was given is there')
  await page.goBack()
  await page.getByRole('button', { name: 'Batalkan persetujuan' }).click()
  await page.getByText('Jawaban Anda tercatat').waitFor()
  await page.getByRole('link', { name: 'Ya, lanjut isi identitas' }).click()
  must(await page.getByLabel('Pekerjaan').inputValue() === '', 'nothing of the identity is kept')
}

async function handsOver(world, page, report, look) {
  await signIn(page, world.account('national_admin'))
  await page.getByRole('link', { name: 'Ombudsman' }).first().click()
  await look(page, 'list of the national admin')
  await page.getByRole('link', { name: report.title }).first().click()
  await look(page, 'case of the national admin')
  for (const s of secrets) must(!(await page.content()).includes(s), `the page shows ${s}`)
  if (page.js) await verifies(world, page, () => page.getByRole('button', { name: 'Unduh JSON' }).click())
  await page.getByLabel('Nomor dari Ombudsman').fill('0123/LM/2027')
  await page.getByRole('button', { name: 'Simpan nomor' }).click()
  await page.getByText('Penyerahan kepada Ombudsman tercatat').waitFor()
  await look(page, 'handed over')
}

export async function ombudsmanWalk(world, variants, look) {
  const officer = await openPage(world, { width: 1280, js: false })
  const cases = []
  await check('Ombudsman: nobody follows up for sixty working days', async () => {
    await signIn(officer, world.account('national_admin'))
    for (const v of [...variants, { name: 'no', width: 360, js: false }]) {
      const page = await openPage(world, v)
      const report = await citizenReports(page, { title: `Tanggul retak sejak musim hujan (${v.name})` })
      await openReport(officer, report.number)
      await verifyAndDispose(officer, { to: agency })
      cases.push({ ...v, page, report })
    }
    await letTimePass(world)
  })
  for (const c of cases.filter((x) => x.name !== 'no')) {
    await check(`Ombudsman, ${c.name}: the reporter reads, errs, agrees and sees the dossier`, () =>
      agrees(world, c.page, c.report, c.name, (p, what) => look(p, `${c.name}: ${what}`)))
    if (c.js)
      await check(`Ombudsman, ${c.name}: the downloaded dossier verifies`, async () => {
        await c.page.goto(`/lacak/${c.report.code.replaceAll('-', '')}/ombudsman`)
        await verifies(world, c.page, () => c.page.getByRole('button', { name: 'Unduh JSON' }).click())
      })
  }
  const no = cases.find((c) => c.name === 'no')
  await check('Ombudsman: a no is recorded', () => declines(no.page, no.report, (p, what) => look(p, `no: ${what}`)))
  const [first, second] = cases
  if (second && second.name !== 'no')
    await check('Ombudsman: a consent is taken back, and the identity with it', () => thinksAgain(second.page, second.report))
  const national = await openPage(world, { width: 1280, js: true })
  await check('Ombudsman: the national admin fetches the dossier and records its number', () =>
    handsOver(world, national, first.report, (p, what) => look(p, what)))
  const admin = await openPage(world, { width: 360, js: false })
  await check('Ombudsman: the agency admin sees the case and nothing of the person', async () => {
    await signIn(admin, world.account('agency_admin'))
    await admin.goto('/meja/ombudsman?status=terkirim')
    await look(admin, 'list of the agency admin')
    await admin.getByRole('link', { name: first.report.title }).click()
    await admin.getByText('hanya dibuka oleh Admin Nasional').waitFor()
    for (const s of secrets) must(!(await admin.content()).includes(s), `the page shows ${s}`)
    await look(admin, 'case of the agency admin')
  })
  await check('Ombudsman: the reporter reads the number', async () => {
    await first.page.goto(`/lacak/${first.report.code.replaceAll('-', '')}`)
    await first.page.getByText('0123/LM/2027').first().waitFor()
  })
  await check('Ombudsman: lapor check finds nothing', () => {
    const done = spawnSync(world.lapor, ['check', '--db', world.db], { encoding: 'utf8' })
    must(!/dossier|Ombudsman/.test(done.stdout), done.stdout)
  })
  for (const p of [officer, national, admin, ...cases.map((c) => c.page)]) await p.context().close()
}
