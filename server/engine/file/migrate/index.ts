/** Brings older files to the format of this release, one pure function a step (rule 34). */
import { migrateFormat0 } from './format-0.ts'

/** Takes a file of the format before to the next. Gets whatever the file holds and never throws: what it does not understand stays for the schema to name. */
export type Migration = (file: Readonly<Record<string, unknown>>) => Record<string, unknown>

/** The step from format n to n + 1 is at place n. */
export const MIGRATIONS: readonly Migration[] = [migrateFormat0]
