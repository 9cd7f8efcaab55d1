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

// Nothing but the keyboard: Tab until the wanted element has the focus, as a person without a mouse does.
export async function tabTo(page, selector, { back = false } = {}) {
  for (let i = 0; i < 200; i++) {
    if (await page.evaluate((s) => document.activeElement?.matches(s) ?? false, selector)) return
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab')
  }
  throw new Error(`${selector} is not reached by Tab`)
}

const typeInto = async (page, selector, text) => {
  await tabTo(page, selector)
  await page.keyboard.type(text)
}

// A radio group takes the focus at its first or chosen button; the arrows choose.
const chooseRadio = async (page, name, value) => {
  await tabTo(page, `input[type=radio][name=${name}]`)
  for (let i = 0; i < 6; i++) {
    await page.keyboard.press(i === 0 ? 'Space' : 'ArrowDown')
    if (await page.evaluate((v) => document.activeElement.value === v && document.activeElement.checked, value)) return
  }
  throw new Error(`${name}=${value} is not chosen by the arrows`)
}

const enterStep = async (page, pattern) => {
  await tabTo(page, 'button[name=aksi][value=lanjut]:not(.sr)')
  await Promise.all([page.waitForURL(pattern), page.keyboard.press('Enter')])
}

export async function keyboardReports(page, title) {
  await page.goto('/')
  await tabTo(page, 'a.tbl[href="/lapor"]')
  await Promise.all([page.waitForURL(/\/lapor$/), page.keyboard.press('Enter')])
  await chooseRadio(page, 'jenis', 'pengaduan')
  await enterStep(page, /lapor\/isi/)
  await typeInto(page, '#judul', title)
  await typeInto(page, 'textarea[name=isi]', 'Saluran di depan balai desa tersumbat sejak Senin dan meluap saat hujan.')
  await enterStep(page, /lapor\/lokasi/)
  await typeInto(page, 'input[name=lokasi]', 'Depan balai desa')
  await enterStep(page, /lapor\/bukti/)
  await enterStep(page, /lapor\/identitas/)
  await chooseRadio(page, 'sifat', 'anonim')
  await enterStep(page, /lapor\/periksa/)
  await tabTo(page, 'input[name=setuju]')
  await page.keyboard.press('Space')
  await tabTo(page, 'button.tbl.besar')
  await Promise.all([page.waitForURL(/terkirim/), page.keyboard.press('Enter')])
  return { number: (await page.locator('.panel .angka').textContent()).trim() }
}

export async function keyboardVerifies(page, account, number) {
  await page.goto('/masuk')
  await typeInto(page, '#login', account.login)
  await typeInto(page, '#sandi', account.password)
  await Promise.all([page.waitForURL(/\/meja/), page.keyboard.press('Enter')])
  await typeInto(page, 'input[name=q]', number)
  await page.keyboard.press('Enter')
  await page.locator(`a[href*="${number}"], form#verifikasi`).first().waitFor()
  if (!/laporan\//.test(page.url())) {
    await tabTo(page, `a[href*="/meja/laporan/${number}"]`)
    await Promise.all([page.waitForURL(/meja\/laporan/), page.keyboard.press('Enter')])
  }
  await typeInto(page, '#verifikasi select[name=klasifikasi]', 'Pengaduan')
  await tabTo(page, '#verifikasi select[name=kategori]')
  await page.keyboard.press('ArrowDown')
  await chooseRadio(page, 'sifat', 'anonim')
  for (const box of ['relevan', 'lengkap', 'jelas']) {
    await tabTo(page, `input[name=${box}]`)
    await page.keyboard.press('Space')
  }
  await typeInto(page, '#verifikasi select[name=tujuan]', 'Pemerintah Kabupaten Mekar')
  await tabTo(page, 'button[name=langkah][value=disposisi]')
  await page.keyboard.press('Enter')
  await page.getByText('Laporan diverifikasi dan didisposisikan.').waitFor()
}
