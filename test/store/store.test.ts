import { STORES } from '../helpers/stores.ts'
import { describeStore } from './contract.ts'

for (const { name, open } of STORES) describeStore(name, open)
