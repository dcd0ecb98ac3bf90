/** The yardstick: a bare Express handler that only answers 200. */
import express from 'express'
import { announce } from './announce.ts'

const app = express()
app.post('/hook', (_request, response) => {
  response.sendStatus(200)
})
announce(app.listen(0, '127.0.0.1'))
