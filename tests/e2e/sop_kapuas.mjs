// The SOP of Kapuas carried through by hand: disposition, review and clarification, summons, field verification with
// minutes that the head of the OPD returns and then approves, the answer, and what oversight and coordinator see.
// Phone without JavaScript, desk with it. Usage: node sop_kapuas.mjs LAPOR_BINARY [FOLDER for pictures]
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { check, must, startWorld, openPage, fine } from './world.mjs'
import { act, citizenReports, openReport, photo, signIn } from './people.mjs'

const [lapor, folder] = process.argv.slice(2)
if (folder) mkdirSync(folder, { recursive: true })
const world = await startWorld(lapor, { reports: 60, sop: 'kapuas' })

// The demo has no officers around the line; they are made like any other account.
function around(role, login) {
  const made = spawnSync(lapor, ['user', 'add', '--db', world.db, '--role', role, '--name', login, '--agency', 'kabupaten-mekar-jaya', login],
    { encoding: 'utf8' })
  must(made.status === 0, made.stderr)
  const [, name, password] = made.stdout.trim().split('\n').pop().split('\t')
  return { role, login: name, password }
}
const oversight = around('oversight', 'apip'), coordinator = around('coordinator', 'ketua-tim')
const liaison = world.accounts.find((a) => a.role === 'liaison' && a.login === 'dpupr')
const head = world.account('opd_head')

// A task's form: <details id="tugas-WORD">.
const task = (page, word, fill) => act(page, `tugas-${word}`, fill)
const said = (page, text) => page.getByText(text).first().waitFor()

async function verifyAndSend(page, to, klasifikasi) {
  const form = page.locator('form#verifikasi')
  await form.getByLabel('Klasifikasi').selectOption(klasifikasi)
  await form.getByLabel('Kategori').selectOption({ index: 1 })
  await form.getByRole('radio', { name: /^Anonim/ }).check()
  for (const box of ['relevan', 'lengkap', 'jelas']) await form.locator(`input[name=${box}]`).check()
  await form.getByLabel('Disposisi ke').selectOption({ label: to })
  await page.getByRole('button', { name: 'Verifikasi dan disposisikan' }).click()
  await said(page, 'Laporan diverifikasi dan didisposisikan.')
}

async function nameOf(page, slugPart) {
  const options = await page.locator('#tujuan option').allTextContents()
  const found = options.map((o) => o.trim()).find((o) => o.includes(slugPart))
  must(found, `${slugPart} among ${options.length} targets`)
  return found
}

async function writeMinutes(page, number, { temuan, withPhoto }) {
  await page.goto(`/meja/laporan/${number}/berita-acara`)
  await page.locator('#hari').fill('2025-11-20')
  await page.locator('#tempat').fill('Jalan Melati, depan SDN 2')
  await page.locator('#hadir').fill('Pejabat Penghubung: Rahmat\nKepala UPT: Sari\nKetua RT 03: Budi')
  await page.locator('#temuan').fill(temuan)
  await page.locator('#kesimpulan').fill('Pengaduan benar: enam tiang padam karena kabel putus.')
  await page.locator('#usul').fill('Kabel diganti dan lampu menyala paling lambat Kamis.')
  if (withPhoto) await page.locator('input[name=lampiran]').setInputFiles(photo)
  await page.getByRole('button', { name: 'Ajukan ke Kepala OPD' }).click()
  await said(page, 'Berita acara diajukan ke Kepala OPD.')
}

async function walk(name, options) {
  const pages = []
  const open = async (account) => {
    const page = await openPage(world, options)
    pages.push(page)
    await signIn(page, account)
    return page
  }
  const look = async (page, what) => {
    await fine(page, `${name}: ${what}`)
    if (folder) await page.screenshot({ path: join(folder, `${what.replaceAll(' ', '-')}-${options.width}.png`), fullPage: true })
  }
  const citizen = await openPage(world, options)
  let report
  await check(`${name}: a citizen complains`, async () => {
    report = await citizenReports(citizen, { title: `Petugas meminta bayaran (${name})` })
  })
  if (!report) return
  const { number } = report
  await check(`${name}: kapuas#1 verified as a complaint with oversight, sent to the liaison officer`, async () => {
    const national = await open(world.account('national_admin'))
    await openReport(national, number)
    await verifyAndSend(national, await nameOf(national, 'Pemerintah Kabupaten Mekar Jaya'), 'pengawasan')
    const admin = await open(world.account('agency_admin'))
    await openReport(admin, number)
    await said(admin, 'kapuas#1')
    await look(admin, 'sop step 1')
    await verifyAndSend(admin, await nameOf(admin, 'Pekerjaan Umum'), 'pengawasan')
  })
  await check(`${name}: the wording is shown against the original, word by word`, async () => {
    const admin = await open(world.account('agency_admin'))
    await openReport(admin, number)
    await admin.locator('#redaksi #isi-publik').fill('Lampu di enam tiang padam sejak awal bulan ini.')
    await admin.locator('#redaksi button').click()
    await admin.locator('details#beda summary').click()
    must((await admin.locator('details#beda del').count()) > 0, 'something is struck out')
    must((await admin.locator('details#beda ins').allTextContents()).join(' ').includes('ini.'), 'something is new')
  })
  const officer = await open(liaison)
  await check(`${name}: kapuas#2 clarified, the head is told, an examination is decided`, async () => {
    await openReport(officer, number)
    await said(officer, 'kapuas#2')
    must((await officer.locator('#sop').textContent()).includes('Pejabat Penghubung pada OPD'), 'the local name of the role')
    await look(officer, 'sop step 2')
    await task(officer, 'inform_head')
    await said(officer, 'Langkah SOP dicatat.')
    await task(officer, 'clarify', (box) => box.locator('textarea').fill('Ditanyakan kepada UPT: belum ada petugas ke lokasi.'))
    await said(officer, 'Ditanyakan kepada UPT')
    await task(officer, 'examine', (box) => box.locator('textarea').fill('Keterangan UPT dan pelapor berbeda.'))
    await said(officer, 'kapuas#3')
  })
  await check(`${name}: kapuas#3 the unit complained of is summoned by a letter`, async () => {
    await task(officer, 'summon', async (box) => {
      await box.locator('#panggil-unit').fill('UPT Jalan Wilayah Utara')
      await box.locator('#panggil-hari').fill('2025-11-19')
      await box.locator('#panggil-jam').fill('09:00')
      await box.locator('#panggil-tempat').fill('Ruang rapat Dinas')
      await box.locator('textarea').fill('Membawa catatan tugas minggu ini.')
    })
    await officer.getByRole('link', { name: /^Surat panggilan/ }).click()
    await said(officer, 'SURAT PANGGILAN')
    await said(officer, 'Yang dipanggil: UPT Jalan Wilayah Utara')
    await look(officer, 'summons')
  })
  await check(`${name}: kapuas#3 no answer before the minutes are approved`, async () => {
    await openReport(officer, number)
    await look(officer, 'sop step 3')
    await act(officer, 'answer', (box) => box.locator('textarea').fill('Akan kami perbaiki.'))
    await officer.locator('[role=alert]').first().waitFor()
    must(await officer.locator('#answer-catatan').inputValue() === 'Akan kami perbaiki.', 'what was typed is still there')
    officer.complaints.length = 0
  })
  await check(`${name}: kapuas#3 the minutes are written with a photo and submitted`, async () => {
    await officer.goto(`/meja/laporan/${number}/berita-acara`)
    await look(officer, 'minutes form')
    await writeMinutes(officer, number, { temuan: 'Enam tiang padam.', withPhoto: true })
    await said(officer, 'Menunggu Kepala OPD')
  })
  const chief = await open(head)
  await check(`${name}: kapuas#3 the head returns them with a reason`, async () => {
    await chief.goto('/meja')
    await chief.locator('a[href="/meja/berita-acara"]').first().click()
    await chief.locator(`a[href="/meja/laporan/${number}/berita-acara"]`).click()
    await look(chief, 'minutes decision')
    await chief.getByRole('button', { name: 'Kembalikan' }).click()
    await chief.locator('[role=alert]').first().waitFor()
    chief.complaints.length = 0
    await chief.locator('#putusan textarea').fill('Sebutkan nomor tiangnya.')
    await chief.getByRole('button', { name: 'Kembalikan' }).click()
    await said(chief, 'Berita acara dikembalikan.')
  })
  await check(`${name}: kapuas#3 repaired as a second version, approved, printed`, async () => {
    await officer.goto(`/meja/laporan/${number}/berita-acara`)
    await said(officer, 'Sebutkan nomor tiangnya.')
    await writeMinutes(officer, number, { temuan: 'Tiang 11 sampai 16 padam.', withPhoto: false })
    await chief.goto(`/meja/laporan/${number}/berita-acara`)
    await chief.getByRole('button', { name: 'Setujui' }).click()
    await said(chief, 'Berita acara disetujui.')
    await chief.goto(`/meja/laporan/${number}/berita-acara/2`)
    await said(chief, 'Tiang 11 sampai 16 padam.')
    must(/[0-9a-f]{64}/.test(await chief.locator('.kertas').textContent()), 'the digest of the text')
    must((await chief.locator('.kertas img').evaluate((i) => i.naturalWidth)) > 0, 'the photo is on the sheet')
    await look(chief, 'minutes sheet')
  })
  await check(`${name}: kapuas#3 the answer begins with what the minutes propose`, async () => {
    await openReport(officer, number)
    const form = officer.locator('#answer-catatan')
    must(await form.inputValue() === 'Kabel diganti dan lampu menyala paling lambat Kamis.', `it begins with "${await form.inputValue()}"`)
    await act(officer, 'answer')
    await said(officer, 'Tanggapan terkirim kepada pelapor.')
    await look(officer, 'answered')
  })
  await check(`${name}: kapuas#1 APIP sees complaints with oversight, and acts on none`, async () => {
    const apip = await open(oversight)
    await said(apip, 'Berkadar pengawasan')
    await look(apip, 'oversight inbox')
    await openReport(apip, number)
    must((await apip.locator('details#answer').count()) === 0, 'it may not answer')
    await look(apip, 'oversight report')
  })
  await check(`${name}: the head of the coordination team sees the agency's reports`, async () => {
    const chair = await open(coordinator)
    must((await chair.locator('table.inbox tbody tr').count()) > 0, 'there are reports')
    await look(chair, 'coordinator inbox')
    await openReport(chair, number)
    await said(chair, 'Langkah SOP')
  })
  for (const page of [...pages, citizen]) await page.context().close()
}

await walk('kapuas, phone without JavaScript', { width: 360, js: false })
await walk('kapuas, desk', { width: 1280, js: true })
await world.stop()
