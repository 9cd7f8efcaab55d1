// The intake outside LAPOR!: one officer registers what came by letter, verifies and hands it over; another enters it and
// gives the reporter a code. look(page, name) is called on every page on the way.
import { spawnSync } from 'node:child_process'
import { check, must, openPage } from './world.mjs'
import { photo, signIn } from './people.mjs'

// An account of the demo, or one made for this.
function officer(world, role, agency) {
  const known = world.accounts.find((a) => a.role === role)
  if (known) return known
  const made = spawnSync(world.lapor, ['user', 'add', '--db', world.db, '--role', role, '--name', 'Rina Permata',
    '--agency', agency, `uji-${role.replace('_', '-')}`], { encoding: 'utf8' })
  must(made.status === 0, made.stderr)
  const [, login, password] = made.stdout.trim().split('\n').pop().split('\t')
  world.accounts.push({ role, login, password })
  return { role, login, password }
}

// A refused form is answered with 422, and the browser says so.
function forget422(page) {
  page.complaints.splice(0, page.complaints.length, ...page.complaints.filter((c) => !/422/.test(c)))
}

async function register(page, { title, email }) {
  await page.goto('/meja/penerimaan/baru')
  await page.locator('#kanal').selectOption('surat')
  await page.locator('#keterangan-kanal').fill('Surat 17/XI/2026')
  await page.locator('#judul').fill(title)
  await page.locator('#isi-laporan').fill('Jembatan kayu di Dusun Tiga lapuk sejak Oktober. Anak sekolah melewatinya setiap hari. Mohon diperbaiki.')
  await page.locator('input[name=lampiran]').setInputFiles(photo)
  await page.locator('#terbuka').check()
  await page.locator('#nama').fill('Bambang Surat')
  if (email) await page.locator('#surel').fill(email)
  await page.getByRole('button', { name: 'Simpan', exact: true }).click()
  await page.getByText('Penerimaan tercatat.').waitFor()
  return page.url().split('/').pop()
}

export async function intakeWalk(world, name, options, look = async () => {}) {
  const title = `Jembatan lapuk di Dusun Tiga (${name})`
  const team = await openPage(world, options), admin = await openPage(world, options)
  let number
  await check(`${name}: the team registers a letter with its scan`, async () => {
    await signIn(team, officer(world, 'intake', 'kabupaten-mekar-jaya'))
    must(/\/meja\/penerimaan$/.test(team.url()), `the team's desk is the intake, not ${team.url()}`)
    await team.getByRole('link', { name: 'Catat penerimaan' }).click()
    await look(team, 'penerimaan-baru')
    await team.getByRole('button', { name: 'Simpan', exact: true }).evaluate((b) => { b.form.noValidate = true })
    await team.getByRole('button', { name: 'Simpan', exact: true }).click()
    await team.locator('.galat').waitFor()
    forget422(team)
    await look(team, 'penerimaan-galat')
    number = await register(team, { title, email: 'bambang@contoh.id' })
    must(/^P-\d{4}-\d{5}$/.test(number), number)
  })
  if (!number) return
  await look(team, 'penerimaan-verifikasi')
  await check(`${name}: verified only when all three hold, then handed over`, async () => {
    await team.locator('input[name=relevan]').check()
    await team.getByRole('button', { name: 'Sudah diverifikasi' }).click()
    await team.locator('#galat').waitFor()
    forget422(team)
    must(await team.locator('input[name=relevan]').isChecked(), 'what was ticked stays ticked')
    for (const box of ['lengkap', 'jelas']) await team.locator(`input[name=${box}]`).check()
    await team.getByRole('button', { name: 'Sudah diverifikasi' }).click()
    await team.getByText('Verifikasi tercatat.').waitFor()
    await look(team, 'penerimaan-serahkan')
    await team.getByRole('button', { name: 'Serahkan', exact: true }).click()
    await team.getByText('Sudah diserahkan.').waitFor()
  })
  await check(`${name}: the admin enters it; the reporter's code is on the receipt`, async () => {
    await signIn(admin, world.account('agency_admin'))
    await admin.goto('/meja/penerimaan')
    await look(admin, 'penerimaan')
    await admin.getByRole('link', { name: title }).click()
    await look(admin, 'penerimaan-diserahkan')
    await admin.getByRole('link', { name: 'Masukkan ke LAPOR!' }).click()
    must(await admin.locator('#judul').inputValue() === title, 'the form is filled')
    must(await admin.locator('#surel').inputValue() === 'bambang@contoh.id', 'the contact is there')
    await look(admin, 'penerimaan-masukkan')
    await admin.getByRole('button', { name: 'Masukkan laporan' }).click()
    const code = (await admin.locator('.besar-kode').textContent()).trim()
    must(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{2}$/.test(code), `a code like K7QM-4XTD-9P, not "${code}"`)
    await look(admin, 'penerimaan-kode')
    const citizen = await openPage(world, options)
    await citizen.goto(`/lacak/${code}`)
    await citizen.getByText(title).first().waitFor()
    must(await citizen.locator('a[href*="/berkas/"]').count() > 0, 'the scan went with the report')
    await citizen.context().close()
  })
  await check(`${name}: it is watched, and its contact is the report's alone`, async () => {
    await team.goto(`/meja/penerimaan/${number}`)
    const text = await team.locator('main').textContent()
    must(/dipantau/.test(text), 'watched until the disposition comes back')
    must(!/bambang@contoh/.test(text), 'the contact has moved')
    await look(team, 'penerimaan-dipantau')
  })
  await check(`${name}: the month counts it; others do not see it`, async () => {
    await team.goto('/meja/penerimaan/rekap')
    must((await team.locator('main').textContent()).includes(number), 'it is in the list of the month')
    await look(team, 'penerimaan-rekap')
    const stranger = await openPage(world, options)
    await signIn(stranger, world.account('liaison'))
    const answer = await stranger.goto(`/meja/penerimaan/${number}`)
    must(answer.status() === 404, `a liaison officer elsewhere gets ${answer.status()}`)
    await stranger.context().close()
  })
  for (const p of [team, admin]) await p.context().close()
}
