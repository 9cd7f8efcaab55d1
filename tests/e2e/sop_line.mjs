// The SOPs of the line carried through by hand, all steps of one: tjt-20, magetan or lumajang.
// Phone without JavaScript, desk with it. Usage: node sop_line.mjs LAPOR_BINARY tjt-20|magetan|lumajang [FOLDER for pictures]
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { check, must, startWorld, openPage, fine } from './world.mjs'
import { act, citizenReports, openReport, signIn } from './people.mjs'

const [lapor, sop, folder] = process.argv.slice(2)
if (folder) mkdirSync(folder, { recursive: true })
const world = await startWorld(lapor, { reports: 60, sop })
const regency = 'Pemerintah Kabupaten Mekar Jaya', office = 'Pekerjaan Umum'
const people = {
  national: world.account('national_admin'),
  admin: world.account('agency_admin'),
  liaison: world.accounts.find((a) => a.role === 'liaison' && a.login === 'dpupr'),
  unit: world.accounts.find((a) => a.role === 'unit_officer' && /upt-jalan-wilayah-utara/.test(a.login)),
  head: world.account('opd_head'),
}

// An officer around the line, made like any other account.
function around(role, login) {
  const made = spawnSync(lapor, ['user', 'add', '--db', world.db, '--role', role, '--name', login, '--agency', 'kabupaten-mekar-jaya', login],
    { encoding: 'utf8' })
  must(made.status === 0, made.stderr)
  const [, name, password] = made.stdout.trim().split('\n').pop().split('\t')
  return { role, login: name, password }
}

const task = (page, word, fill) => act(page, `tugas-${word}`, fill)
const said = (page, text) => page.getByText(text).first().waitFor()
const note = (text) => (box) => box.locator('textarea').first().fill(text)
async function at(page, step) {
  const is = (await page.locator('#sop b.angka').first().textContent()).trim()
  must(is === `${sop}#${step}`, `it is at ${is}, not at ${sop}#${step}`)
}

async function choose(select, part) {
  const options = await select.locator('option').all()
  for (const o of options)
    if ((await o.textContent()).includes(part)) return select.selectOption(await o.getAttribute('value'))
  throw new Error(`${part} is no choice`)
}

async function verify(page, { to, only = false }) {
  const form = page.locator('form#verifikasi')
  await form.getByLabel('Klasifikasi').selectOption('pengaduan')
  await form.getByLabel('Kategori').selectOption({ index: 1 })
  await form.getByRole('radio', { name: /^Anonim/ }).check()
  for (const box of ['relevan', 'lengkap', 'jelas']) await form.locator(`input[name=${box}]`).check()
  if (to) await choose(page.locator('#tujuan'), to)
  await page.getByRole('button', { name: only ? 'Verifikasi saja' : 'Verifikasi dan disposisikan' }).click()
  await page.locator('.kilas').waitFor()
}

// What each walk is given: a report on its way, officers by name, a look at a page.
async function stage(name, options, run) {
  const pages = {}
  const citizen = await openPage(world, options)
  let report
  await check(`${name}: a citizen complains`, async () => {
    report = await citizenReports(citizen, { title: `Lampu jalan mati (${name})` })
  })
  if (!report) return
  const as = async (who, account = people[who]) => {
    if (!pages[who]) {
      pages[who] = await openPage(world, options)
      await signIn(pages[who], account)
    }
    await openReport(pages[who], report.number)
    return pages[who]
  }
  const look = async (page, what) => {
    await fine(page, `${name}: ${what}`)
    if (folder) await page.screenshot({ path: join(folder, `${sop}-${what.replaceAll(' ', '-')}-${options.width}.png`), fullPage: true })
  }
  await run({ name, report, citizen, as, look, step: (what, fn) => check(`${name}: ${what}`, fn) })
  for (const page of [citizen, ...Object.values(pages)]) await page.context().close()
}

async function tjt20({ report, citizen, as, look, step }) {
  await step('tjt-20#1, tjt-20#2 taken; the letters a to i lead to their forms', async () => {
    await verify(await as('national'), { to: regency })
    const admin = await as('admin')
    await at(admin, '1')
    await act(admin, 'take')
    await at(admin, '2')
    const parts = await admin.locator('#sop ul.rata li b.angka').allTextContents()
    must(parts.slice(0, 9).join(' ') === '2a 2b 2c 2d 2e 2f 2g 2h 2i', parts.join(' '))
    for (const href of await admin.locator('#sop ul.rata li a').evaluateAll((all) => all.map((a) => a.getAttribute('href'))))
      must(await admin.locator(href).count() === 1, `${href} is on the page`)
    await look(admin, 'step 2')
  })
  await step('tjt-20#2d, tjt-20#3 sent to the liaison officer; without a channel the admin shares number and link', async () => {
    await verify(await as('admin'), { to: office })
    const admin = await as('admin')
    await at(admin, '4')
    await admin.locator('#tugas-inform_liaison summary').click()
    const text = await admin.locator('#teks-grup').inputValue()
    must(text.includes(report.number) && !text.includes('Lampu'), `number and link only, not "${text}"`)
    must((await admin.getByRole('link', { name: 'Bagikan lewat WhatsApp' }).getAttribute('href')).startsWith('https://wa.me/?text='), 'the link')
    await look(admin, 'step 3 without a channel')
    await admin.locator('#tugas-inform_liaison button.tbl').click()
    await said(admin, 'Langkah SOP dicatat.')
  })
  await step('tjt-20#4a to #4d taken, the head told twice, a draft that becomes the answer', async () => {
    const liaison = await as('liaison')
    await act(liaison, 'take')
    await task(liaison, 'inform_head')
    await task(liaison, 'draft_answer', note('Lampu diganti pada enam tiang.'))
    await act(liaison, 'follow_up', note('Petugas memeriksa lokasi.'))
    await task(liaison, 'inform_head', note('Sudah diperiksa.'))
    await look(liaison, 'step 4')
    must(await liaison.locator('#answer-catatan').inputValue() === 'Lampu diganti pada enam tiang.', 'the draft')
    await act(liaison, 'answer')
    await said(liaison, 'Tanggapan terkirim kepada pelapor.')
    await at(liaison, '5')
  })
  await step('tjt-20#2i, tjt-20#5 watched; the reply brings it back, the second answer closes it', async () => {
    const admin = await as('admin')
    await task(admin, 'monitor', note('Menunggu balasan pelapor.'))
    await citizen.goto(`/lacak/${report.code}`)
    await citizen.locator('textarea[name=balas]').fill('Satu tiang masih padam.')
    await citizen.getByRole('button', { name: 'Belum beres' }).click()
    const liaison = await as('liaison')
    await at(liaison, '4')
    must(await liaison.locator('#answer-catatan').inputValue() === '', 'the old draft is used up')
    await act(liaison, 'answer', note('Tiang terakhir menyala.'))
    await act(await as('admin'), 'close', async (box) => {
      await box.locator('select').selectOption({ index: 1 })
      await box.locator('textarea').fill('Sudah selesai.')
    })
    await look(await as('admin'), 'closed')
  })
}

async function magetan({ as, look, step }) {
  await step('magetan#1, magetan#2 received, verified and sent by the national admin', async () => {
    await verify(await as('national'), { to: regency })
  })
  await step('magetan#3, magetan#4 verified, sent to the liaison officer within the hour', async () => {
    const admin = await as('admin')
    await at(admin, '3')
    await verify(admin, { only: true })
    await at(await as('admin'), '4')
    await look(await as('admin'), 'step 4')
    await act(await as('admin'), 'dispose', async (box) => choose(box.locator('#tujuan'), office))
  })
  await step('magetan#5 taken and sent to the work unit', async () => {
    const liaison = await as('liaison')
    await at(liaison, '5')
    await act(liaison, 'take')
    await look(liaison, 'step 5')
    await act(liaison, 'forward_unit', async (box) => choose(box.locator('select[name=tujuan]'), 'Utara'))
  })
  await step('magetan#6 the unit hands in, the answer begins with it', async () => {
    const unit = await as('unit')
    await at(unit, '6')
    await look(unit, 'step 6')
    await act(unit, 'unit_answer', note('Kabel diganti pagi ini.'))
    const liaison = await as('liaison')
    must(await liaison.locator('#answer-catatan').inputValue() === 'Kabel diganti pagi ini.', 'what the unit handed in')
    await act(liaison, 'answer')
  })
  await step('magetan#7 recorded as a report, replies watched', async () => {
    const admin = await as('admin')
    await at(admin, '7')
    await task(admin, 'record', note('Buku laporan 17.'))
    await task(admin, 'monitor')
    await look(admin, 'step 7')
  })
}

async function lumajang({ name, report, as, look, step }) {
  const chair = around('coordinator', `ketua-${name.includes('desk') ? 'meja' : 'hp'}`)
  await step('lumajang#1 sent without the sheet', async () => {
    await verify(await as('national'), { to: regency })
    const admin = await as('admin')
    await at(admin, '1')
    await verify(admin, { to: office })
  })
  await step('lumajang#2 not competent: back to the admin; now the sheet is printed, and down again', async () => {
    const liaison = await as('liaison')
    await at(liaison, '2')
    await act(liaison, 'return_up', async (box) => {
      await box.locator('select').selectOption({ index: 1 })
      await box.locator('textarea').fill('Bukan jalan kabupaten.')
    })
    const admin = await as('admin')
    await at(admin, '1')
    await admin.goto(`/meja/laporan/${report.number}/lembar`)
    await said(admin, 'LEMBAR DISPOSISI')
    await look(admin, 'sheet')
    await admin.getByRole('button', { name: 'Catat sudah dicetak' }).click()
    await said(admin, 'Langkah SOP dicatat.')
    await act(await as('admin'), 'dispose', async (box) => choose(box.locator('#tujuan'), office))
    await act(await as('liaison'), 'forward_unit', async (box) => choose(box.locator('select[name=tujuan]'), 'Utara'))
  })
  await step('lumajang#3 the initial response by its name, cause and corrective action, the settlement report', async () => {
    const unit = await as('unit')
    await at(unit, '3')
    must((await unit.locator('details#follow_up summary').textContent()).includes('Beri respon awal'), 'the name of the step')
    await look(unit, 'step 3')
    await act(unit, 'follow_up', note('Petugas menuju lokasi.'))
    await task(unit, 'root_cause', async (box) => {
      await box.locator('textarea[name=catatan]').fill('Kabel udara aus.')
      await box.locator('textarea[name=korektif]').fill('Kabel diganti kabel tanah.')
    })
    await said(unit, 'Sebab: Kabel udara aus. Tindakan korektif: Kabel diganti kabel tanah.')
    await task(unit, 'settlement_report', note('Enam lampu diganti.'))
    await act(unit, 'unit_answer', note('Enam lampu diganti.'))
    await act(await as('liaison'), 'answer')
  })
  await step('lumajang#1 the missing sheet is in the ledger: accounted for, returned, accounted for better, accepted', async () => {
    const admin = await as('admin')
    await admin.goto('/meja')
    await admin.locator('a.label[href="/meja/penyimpangan"]').click()
    await said(admin, 'Lembar disposisi dicetak')
    await look(admin, 'ledger')
    const fill = async (text) => {
      await admin.locator('textarea[name=sebab]').first().fill(text)
      await admin.locator('textarea[name=korektif]').first().fill('Daftar periksa ditempel.')
      await admin.getByRole('button', { name: 'Kirim penjelasan' }).first().click()
      await said(admin, 'Penjelasan dikirim ke koordinator.')
    }
    await fill('Lupa.')
    const coordinator = await as('chair', chair)
    await coordinator.goto('/meja')
    await coordinator.locator('a.label[href="/meja/penyimpangan"]').click()
    await look(coordinator, 'ledger of the coordinator')
    await coordinator.getByRole('button', { name: 'Kembalikan' }).first().click()
    await coordinator.locator('[role=alert]').first().waitFor()
    coordinator.complaints.length = 0
    await coordinator.locator('textarea[name=tinjauan]').first().fill('Jelaskan sebabnya.')
    await coordinator.getByRole('button', { name: 'Kembalikan' }).first().click()
    await said(coordinator, 'Tinjauan dicatat.')
    await admin.goto('/meja/penyimpangan')
    await said(admin, 'Jelaskan sebabnya.')
    await fill('Petugas baru belum tahu langkahnya.')
    await coordinator.goto('/meja/penyimpangan')
    await coordinator.getByRole('button', { name: 'Terima' }).first().click()
    await said(coordinator, 'Tinjauan dicatat.')
    await admin.goto('/meja/penyimpangan')
    await said(admin, 'Tidak ada penyimpangan')
  })
}

const walks = { 'tjt-20': tjt20, magetan, lumajang }
must(walks[sop], `no walk for ${sop}`)
await stage(`${sop}, phone without JavaScript`, { width: 360, js: false }, walks[sop])
await stage(`${sop}, desk`, { width: 1280, js: true }, walks[sop])
await world.stop()
