// What people do on the pages, in their words: the citizen and the officers. Every function leaves the page
// where a person would be.
import { must } from './world.mjs'

const onePixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
export const photo = { name: 'lampu mati.png', mimeType: 'image/png', buffer: onePixel }

const next = (page) => page.getByRole('button', { name: 'Lanjutkan', exact: true }).last().click()

// The six steps. look(name) is called on each page.
export async function citizenReports(page, { title, sifat = 'Anonim', look = async () => {} }) {
  await page.goto('/')
  await look('home')
  await page.getByRole('link', { name: 'Buat laporan' }).first().click()
  await look('step 1')
  await page.getByRole('radio', { name: /^Pengaduan/ }).check()
  await next(page)
  await look('step 2')
  await page.getByLabel('Judul laporan').fill(title)
  await page.locator('textarea[name=isi]').fill('Lampu di enam tiang padam sejak awal bulan. Warga takut lewat pada malam hari. Mohon diperbaiki.')
  await page.locator('input[name=tanggal_kejadian_hari]').fill('2')
  await page.locator('input[name=tanggal_kejadian_bulan]').fill('11')
  await page.locator('input[name=tanggal_kejadian_tahun]').fill('2025')
  await next(page)
  await look('step 3')
  await page.locator('input[name=lokasi]').fill('Jalan Melati, depan sekolah dasar')
  await next(page)
  await look('step 4')
  await page.locator('input[name=lampiran]').setInputFiles(photo)
  await page.getByRole('button', { name: 'Unggah sekarang' }).click()
  await page.getByText(photo.name).first().waitFor()
  await next(page)
  await look('step 5')
  await page.getByRole('radio', { name: new RegExp(`^${sifat}`) }).check()
  await page.locator('input[name=surel]').fill('warga@contoh.id')
  await page.locator('input[name=nama]').fill('Sri Wahyuni')
  await next(page)
  await look('step 6')
  await page.locator('input[name=setuju]').check()
  await page.getByRole('button', { name: 'Kirim laporan' }).click()
  await page.waitForURL(/terkirim/)
  await look('confirmation')
  const number = (await page.locator('.panel .angka').textContent()).trim()
  const code = (await page.locator('.besar-kode').textContent()).trim()
  must(/^\d{4}-\d{6}$/.test(number), `a number like 2026-004187, not "${number}"`)
  must(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{2}$/.test(code), `a code like K7QM-4XTD-9P, not "${code}"`)
  return { number, code, title }
}

export async function signIn(page, account) {
  await page.goto('/masuk')
  await page.getByLabel('Nama akun').fill(account.login)
  await page.getByLabel('Kata sandi').fill(account.password)
  await page.getByRole('button', { name: 'Masuk', exact: true }).click()
  await page.waitForURL(/\/meja/)
}

export async function openReport(page, number) {
  await page.goto(`/meja/laporan/${number}`)
  must((await page.locator('h1').count()) === 1, 'one heading')
}

// Verifies with everything that is asked for, and dispositions in one go.
export async function verifyAndDispose(page, { sifat = 'Anonim', to }) {
  const form = page.locator('form#verifikasi')
  await form.getByLabel('Klasifikasi').selectOption('pengaduan')
  const category = form.getByLabel('Kategori')
  const value = await category.locator('option:not([value=""]):not([value="0"])').first().getAttribute('value')
  await category.selectOption(value)
  await form.getByRole('radio', { name: new RegExp(`^${sifat}`) }).check()
  for (const box of ['relevan', 'lengkap', 'jelas']) await form.locator(`input[name=${box}]`).check()
  const target = form.getByLabel('Disposisi ke')
  const options = await target.locator('option:not([value=""])').all()
  let chosen
  for (const o of options) {
    const label = await o.textContent()
    if (!to || label.includes(to)) { chosen = await o.getAttribute('value'); break }
  }
  must(chosen, `a target like "${to}" among ${options.length}`)
  await target.selectOption(chosen)
  await page.getByRole('button', { name: 'Verifikasi dan disposisikan' }).click()
  await page.getByText('Laporan diverifikasi dan didisposisikan.').waitFor()
}

// Opens the action's form (a <details>, which needs no JavaScript) and sends it.
export async function act(page, word, fill = async () => {}) {
  const box = page.locator(`details#${word}`)
  must(await box.count() === 1, `the action ${word} is offered`)
  if (!(await box.evaluate((d) => d.open))) await box.locator('summary').click()
  await fill(box)
  await box.locator('button.tbl').click()
}
