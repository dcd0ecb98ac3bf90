/**
 * The bot that grammY's documentation shows: `webhookCallback` on Express, the default client, sessions in memory. With a file as
 * argument it also keeps every update durably, as one row, before anything is done about it.
 */
import Database from 'better-sqlite3'
import express from 'express'
import { Bot, type Context, type SessionFlavor, session, webhookCallback } from 'grammy'
import { answerByHand } from '../../scenario.ts'
import { announce } from './announce.ts'

interface Session {
  isGreeted: boolean
}

const [token = '', apiRoot = '', secretToken = '', file] = process.argv.slice(2)
const bot = new Bot<Context & SessionFlavor<Session>>(token, { client: { apiRoot } })

if (file) {
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec('create table updates (update_id integer primary key, chat integer not null, body text not null) strict')
  const insert = db.prepare('insert into updates (update_id, chat, body) values (?, ?, ?) on conflict do nothing')
  bot.use((ctx, next) => {
    insert.run(ctx.update.update_id, ctx.chat?.id ?? 0, JSON.stringify(ctx.update))
    return next()
  })
}

bot.use(session({ initial: (): Session => ({ isGreeted: false }) }))
bot.on('message:text', async ctx => {
  const isFirst = !ctx.session.isGreeted
  ctx.session.isGreeted = true
  await ctx.reply(answerByHand(isFirst, ctx.from.first_name, ctx.message.text))
})

const app = express()
app.use(express.json())
app.post('/hook', webhookCallback(bot, 'express', { secretToken }))
announce(app.listen(0, '127.0.0.1'))
