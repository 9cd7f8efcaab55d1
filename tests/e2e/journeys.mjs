// Journeys of people through the whole system: citizen and officers, phone and desk, with and without JavaScript,
// by keyboard alone; on every page axe, sideways overflow and the browser's complaints.
// Usage: node journeys.mjs LAPOR_BINARY
import { check, must, startWorld, openPage, fine, axe } from './world.mjs'
import { intakeWalk } from './intake.mjs'
import { arbitrationWalk } from './arbitration.mjs'
import { ombudsmanWalk } from './ombudsman.mjs'
import { act, citizenReports, keyboardReports, keyboardVerifies, openReport, signIn, verifyAndDispose } from './people.mjs'

const world = await startWorld(process.argv[2])

// From the citizen's first click to closing, with all who have their hands on it.
async function wholeWay(name, options) {
  const citizen = await openPage(world, options)
  const officer = async () => openPage(world, options)
  let report
  const done = await check(`${name}: a citizen reports in six steps`, async () => {
    report = await citizenReports(citizen, { title: `Lampu jalan mati di Jalan Melati (${name})`, look: (p) => fine(citizen, `${name}: ${p}`) })
  })
  if (!done) return
  await check(`${name}: the tracking page says who holds it and until when`, async () => {
    await citizen.goto(`/lacak/${report.code.replaceAll('-', '')}`)
    must((await citizen.locator('.pegang').textContent()).length > 40, 'the holder box')
    must(await citizen.getByText(report.title).first().isVisible(), 'the title')
  })
  await fine(citizen, `${name}: tracking page`)
  const steps = [
    ['national_admin', async (p) => verifyAndDispose(p, { to: 'Pemerintah Kabupaten Mekar Jaya' })],
    ['agency_admin', async (p) => verifyAndDispose(p, { to: 'Dinas Perhubungan' })],
  ]
  for (const [role, work] of steps) {
    const page = await officer()
    await check(`${name}: ${role} verifies and dispositions`, async () => {
      await signIn(page, world.account(role))
      await openReport(page, report.number)
      await work(page)
    })
    await fine(page, `${name}: report page of ${role}`)
    await page.goto('/meja')
    await fine(page, `${name}: inbox of ${role}`)
    await page.context().close()
  }
  const liaison = await officer()
  await check(`${name}: the liaison officer answers`, async () => {
    await signIn(liaison, world.accounts.find((a) => a.role === 'liaison' && /hub/.test(a.login)) ?? world.account('liaison'))
    await openReport(liaison, report.number)
    await act(liaison, 'follow_up', (box) => box.locator('textarea').fill('Tim memeriksa lokasi hari ini.'))
    await act(liaison, 'answer', (box) => box.locator('textarea').fill('Lampu sudah diganti pada enam tiang.'))
    await liaison.getByText('Tanggapan terkirim kepada pelapor.').waitFor()
  })
  await fine(liaison, `${name}: report page of the liaison officer`)
  await liaison.context().close()
  await check(`${name}: the citizen reads the answer, replies, and the work goes on`, async () => {
    await citizen.goto(`/lacak/${report.code}`)
    await citizen.getByText('Lampu sudah diganti pada enam tiang.').waitFor()
    await citizen.locator('textarea[name=balas]').fill('Satu tiang masih padam.')
    await citizen.getByRole('button', { name: 'Belum beres' }).click()
    await citizen.getByText('Satu tiang masih padam.').waitFor()
  })
  const again = await officer()
  await check(`${name}: a second answer`, async () => {
    await signIn(again, world.accounts.find((a) => a.role === 'liaison' && /hub/.test(a.login)) ?? world.account('liaison'))
    await openReport(again, report.number)
    await act(again, 'answer', (box) => box.locator('textarea').fill('Tiang terakhir menyala sejak pukul 16.00.'))
    await again.getByText('Tanggapan terkirim kepada pelapor.').waitFor()
  })
  await again.context().close()
  await check(`${name}: the citizen rates and closes`, async () => {
    await citizen.goto(`/lacak/${report.code}`)
    await citizen.locator('input[name=nilai][value="5"]').check()
    await citizen.getByRole('button', { name: /tutup laporan/i }).click()
    await citizen.locator('.label', { hasText: 'Selesai' }).first().waitFor()
  })
  await fine(citizen, `${name}: closed report`)
  await check(`${name}: the public page shows neither name nor contact`, async () => {
    await citizen.goto(`/laporan/${report.number}`)
    const text = await citizen.content()
    must(text.includes(report.title), 'the report is public')
    must(!/Wahyuni|warga@contoh/.test(text), 'the name or the address is on the page')
  })
  await fine(citizen, `${name}: public report page`)
  await citizen.context().close()
}

await wholeWay('phone without JavaScript', { width: 360, js: false })
await wholeWay('desk with JavaScript', { width: 1280, js: true })
await wholeWay('phone with JavaScript', { width: 360, js: true })
await wholeWay('desk without JavaScript', { width: 1280, js: false })

// What came by letter: one officer registers, one enters.
for (const [name, options] of [['intake, phone without JavaScript', { width: 360, js: false }], ['intake, desk with JavaScript', { width: 1280, js: true }]]) {
  await intakeWalk(world, name, options, (page, what) => fine(page, `${name}: ${what}`))
}

// Pages that no journey above visits, in both themes and both languages.
for (const path of ['/laporan', '/laporan?q=lampu', '/statistik', '/lacak', '/bantuan', '/standar-waktu', '/sop', '/privasi', '/aksesibilitas', '/masuk', '/tidak-ada']) {
  for (const look of [{ width: 320 }, { width: 1280, dark: true }]) {
    const page = await openPage(world, look)
    const answer = await page.goto(path)
    await check(`${path} at ${look.width} answers`, () => must(answer.status() === (path === '/tidak-ada' ? 404 : 200), `status ${answer.status()}`))
    page.complaints.splice(0, page.complaints.length, ...page.complaints.filter((c) => !/404/.test(c)))
    await fine(page, `${path} at ${look.width}${look.dark ? ', dark' : ''}`)
    await page.context().close()
  }
}

await check('English: the switch keeps the page', async () => {
  const page = await openPage(world, { width: 1280, js: false })
  await page.goto('/laporan')
  await page.getByRole('link', { name: 'English' }).or(page.getByRole('button', { name: 'English' })).first().click()
  must(page.url().includes('/laporan'), page.url())
  must(await page.locator('html').getAttribute('lang') === 'en', 'lang=en')
  const found = await axe(page)
  must(found.length === 0, found.join('; '))
  await page.context().close()
})

await check('keyboard alone: a citizen reports, the national admin verifies and dispositions', async () => {
  const citizen = await openPage(world, { width: 1280, js: false })
  const { number } = await keyboardReports(citizen, 'Saluran tersumbat di depan balai desa')
  const officer = await openPage(world, { width: 1280, js: false })
  await keyboardVerifies(officer, world.account('national_admin'), number)
  for (const p of [citizen, officer]) await p.context().close()
})

await check('keyboard: errors come first, get the focus and link to their fields', async () => {
  const page = await openPage(world, { width: 1280, js: false })
  await page.goto('/lapor')
  await page.keyboard.press('Tab')
  must((await page.evaluate(() => document.activeElement.className)).includes('lewati'), 'the skip link comes first')
  await page.locator('input[name=jenis]').first().focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await page.waitForURL(/lapor\/isi/)
  await page.locator('#judul').focus()
  await page.keyboard.type('Ab')
  await page.keyboard.press('Enter')
  await page.locator('.galat').waitFor()
  must((await page.title()).startsWith('Galat'), await page.title())
  must(await page.locator('#judul').inputValue() === 'Ab', 'what was typed is still there')
  await page.locator('.galat a').first().focus()
  await page.keyboard.press('Enter')
  must(page.url().includes('#'), 'the link leads to the field')
  await page.context().close()
})

await check('nothing typed is lost: the draft comes back in a new tab', async () => {
  const page = await openPage(world, { width: 360, js: false })
  await page.goto('/lapor')
  await page.locator('input[value=aspirasi]').check()
  await page.getByRole('button', { name: 'Lanjutkan', exact: true }).last().click()
  await page.locator('#judul').fill('Usul jalur sepeda di Jalan Ahmad Yani')
  await page.getByRole('button', { name: /Simpan/ }).click()
  const other = await page.context().newPage()
  await other.goto('/lapor/isi')
  must(await other.locator('#judul').inputValue() === 'Usul jalur sepeda di Jalan Ahmad Yani', 'the title')
  await page.context().close()
})

await check('a double submit makes one report', async () => {
  const page = await openPage(world, { width: 360, js: false })
  const report = await citizenReports(page, { title: 'Kirim dua kali tetap satu laporan' })
  await page.goBack()
  if (await page.getByRole('button', { name: 'Kirim laporan' }).count()) {
    if (await page.locator('input[name=setuju]').count()) await page.locator('input[name=setuju]').check()
    await page.getByRole('button', { name: 'Kirim laporan' }).click()
    await page.waitForURL(/terkirim/)
    must((await page.locator('.panel .angka').textContent()).trim() === report.number, 'the same number')
  }
  await page.context().close()
})

await check('a secret report does not exist for the public', async () => {
  const page = await openPage(world, { width: 360, js: false })
  const report = await citizenReports(page, { title: 'Pungutan di loket pelayanan', sifat: 'Rahasia' })
  const answer = await page.goto(`/laporan/${report.number}`)
  must(answer.status() === 404, `status ${answer.status()}`)
  await page.goto('/laporan?q=Pungutan+loket')
  must(!(await page.content()).includes(report.number), 'it is in the list')
  await page.context().close()
})

await check('two officers, one report: the second sees the conflict and keeps what was typed', async () => {
  const citizen = await openPage(world, { width: 360, js: false })
  const report = await citizenReports(citizen, { title: 'Dua admin membuka laporan ini' })
  const [a, b] = [await openPage(world, { width: 1280, js: false }), await openPage(world, { width: 1280, js: false })]
  for (const p of [a, b]) {
    await signIn(p, world.account('national_admin'))
    await openReport(p, report.number)
  }
  await verifyAndDispose(a, { to: 'Pemerintah Kabupaten Mekar Jaya' })
  const pend = b.locator('details#pend')
  await pend.locator('summary').click()
  if (await pend.locator('select').count()) await pend.locator('select').selectOption({ index: 1 })
  await pend.locator('textarea').fill('Mohon sebutkan nomor tiangnya.')
  await pend.locator('button.tbl').click()
  await b.locator('[role=alert]').first().waitFor()
  must(!/5\d\d/.test(String((await b.request.get(b.url())).status())), 'no server error')
  for (const p of [citizen, a, b]) await p.context().close()
})

await arbitrationWalk(world, { width: 360, js: false }, (page, what) => fine(page, what))

// Last: it takes the whole installation a hundred days ahead.
await ombudsmanWalk(world, [
  { name: '360 without JavaScript', width: 360, js: false }, { name: '1280 with JavaScript', width: 1280, js: true },
  { name: '360 with JavaScript', width: 360, js: true }, { name: '1280 without JavaScript', width: 1280, js: false },
], (page, what) => fine(page, `Ombudsman, ${what}`))

await world.stop()
