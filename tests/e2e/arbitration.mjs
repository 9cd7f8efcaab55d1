// A report that two agencies send back: the inbox marks it, the reasons stand side by side, the national admin decides, the agency
// cannot return it any more, and the reporter reads all of it. look(page, name) is called on every page on the way.
import { check, must, openPage } from './world.mjs'
import { citizenReports, openReport, signIn, verifyAndDispose } from './people.mjs'

async function small(page, number, action, fill) {
  await openReport(page, number)
  const box = page.locator(`details#${action}`)
  if (await box.getAttribute('open') === null) await box.locator('summary').click()
  await fill(box)
  await box.locator('button.tbl').click()
  await page.waitForLoadState()
}

const choose = async (box, agency) => {
  const labels = await box.locator('select[name=tujuan] option').allTextContents()
  await box.locator('select[name=tujuan]').selectOption({ index: labels.findIndex((l) => l.includes(agency)) })
}

export async function arbitrationWalk(world, options, look) {
  await check('sent around: two agencies return it, the national admin decides, everybody reads why', async () => {
    const citizen = await openPage(world, options)
    const report = await citizenReports(citizen, { title: 'Selokan meluap di perbatasan' })
    const national = await openPage(world, options)
    await signIn(national, world.account('national_admin'))
    const [first, second] = world.accounts.filter((a) => a.role === 'agency_admin')
    await openReport(national, report.number)
    await verifyAndDispose(national, { to: 'Pemerintah Kabupaten Mekar Jaya' })
    const pages = []
    for (const [account, why] of [[first, 'Selokan ini milik pertanahan.'], [second, 'Pemeliharaan selokan urusan kabupaten.']]) {
      const page = await openPage(world, options)
      await signIn(page, account)
      await small(page, report.number, 'return_up', async (box) => {
        await box.locator('select').selectOption('not_competent')
        await box.locator('textarea').fill(why)
      })
      pages.push(page)
      if (account === first) await small(national, report.number, 'dispose', (box) => choose(box, 'Kantor Pertanahan'))
    }
    await national.goto('/meja')
    await national.getByText('Perlu diputuskan').first().waitFor()
    await look(national, 'inbox with a report to be decided')
    await openReport(national, report.number)
    must(await national.locator('#perpindahan .kisi article').count() === 2, 'the reasons of both side by side')
    must(await national.locator('details#dispose').count() === 0, 'it cannot just be sent on')
    await look(national, 'report to be decided')
    await small(national, report.number, 'arbitrate', async (box) => {
      await choose(box, 'Pemerintah Kabupaten')
      await box.locator('textarea').fill('Pemeliharaan selokan adalah urusan kabupaten.')
    })
    await openReport(pages[0], report.number)
    must(await pages[0].locator('details#return_up').count() === 0, 'it cannot be returned any more')
    await citizen.goto(`/lacak/${report.code.replaceAll('-', '')}`)
    await citizen.getByText('2 kali berpindah tangan').waitFor()
    await citizen.getByText('Selokan ini milik pertanahan.').first().waitFor()
    await citizen.getByText('Pemeliharaan selokan adalah urusan kabupaten.').first().waitFor()
    await look(citizen, 'tracking page of a report that was sent around')
    for (const p of [citizen, national, ...pages]) await p.context().close()
  })
}
