// Pictures of the pages for the documents and for a look at a change: phone and desk, JavaScript off.
// Usage: node screenshots.mjs LAPOR_BINARY FOLDER [--dark]
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startWorld, openPage } from './world.mjs'
import { intakeWalk } from './intake.mjs'
import { act, citizenReports, openReport, signIn, verifyAndDispose } from './people.mjs'

const [lapor, folder, ...flags] = process.argv.slice(2)
const dark = flags.includes('--dark')
mkdirSync(folder, { recursive: true })
const world = await startWorld(lapor, { reports: 1500 })

const shoot = async (page, name, width) => {
  await page.setViewportSize({ width, height: 800 })
  await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: true })
}
const both = async (page, name) => {
  await shoot(page, name, 360)
  await shoot(page, name, 1280)
}

const citizen = await openPage(world, { width: 1280, js: false, dark })
let step = 0
const report = await citizenReports(citizen, { title: 'Lampu jalan mati tiga minggu di Jalan Melati', look: async (name) => {
  await both(citizen, name === 'home' ? 'beranda' : name === 'confirmation' ? 'terkirim' : `lapor-${++step}`)
} })
await citizen.goto('/lapor')
await citizen.goto('/lapor/isi')
await citizen.getByRole('button', { name: 'Lanjutkan', exact: true }).last().click()
await both(citizen, 'galat')

for (const [role, to] of [['national_admin', 'Pemerintah Kabupaten Mekar Jaya'], ['agency_admin', 'Dinas Perhubungan']]) {
  const page = await openPage(world, { width: 1280, js: false, dark })
  await signIn(page, world.account(role))
  await both(page, `meja-${role}`)
  await openReport(page, report.number)
  await both(page, `rincian-${role}`)
  await verifyAndDispose(page, { to })
  await page.context().close()
}
const liaison = await openPage(world, { width: 1280, js: false, dark })
await signIn(liaison, world.accounts.find((a) => a.role === 'liaison' && /hub/.test(a.login)))
await both(liaison, 'meja-liaison')
await openReport(liaison, report.number)
await act(liaison, 'follow_up', (box) => box.locator('textarea').fill('Tim memeriksa lokasi hari ini dan menemukan kabel putus di tiga titik.'))
await citizen.goto(`/lacak/${report.code}`)
await both(citizen, 'lacak')
await openReport(liaison, report.number)
await act(liaison, 'answer', (box) => box.locator('textarea').fill('Lampu sudah diganti pada enam tiang dan menyala sejak pukul 18.00.'))
await openReport(liaison, report.number)
await both(liaison, 'rincian-liaison')
await citizen.goto(`/lacak/${report.code}`)
await both(citizen, 'lacak-terjawab')
for (const [path, name] of [['/laporan', 'laporan'], ['/laporan?q=lampu', 'cari'], [`/laporan/${report.number}`, 'laporan-publik'],
  ['/statistik', 'statistik'], ['/lacak', 'lacak-kode'], ['/masuk', 'masuk'], ['/standar-waktu', 'standar-waktu'], ['/tidak-ada', 'tidak-ada']]) {
  await citizen.goto(path)
  await both(citizen, name)
}
await intakeWalk(world, 'penerimaan', { width: 1280, js: false, dark }, both)
await world.stop()
